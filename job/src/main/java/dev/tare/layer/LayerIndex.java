package dev.tare.layer;

import java.util.Iterator;

/**
 * The entries of one layer, sorted by {@link TreeOrder}, at most one whiteout or opaque marker and
 * one other entry a path (the last one in the tar wins, of two markers the whiteout), markers
 * first. Kept compressed; safe for concurrent reading.
 */
public interface LayerIndex extends Iterable<LayerEntry> {
  /** How many entries there are. */
  int size();

  /** Decodes the entries one by one, in order; memory does not grow with their number. */
  @Override
  Iterator<LayerEntry> iterator();
}
