package dev.tare.inspect;

import dev.tare.lineage.Lineage;
import org.jspecify.annotations.Nullable;

/**
 * Which layers an ancestor brought.
 *
 * @param number of layers of the nearest ancestor; null where none is known
 */
record BaseLayers(@Nullable Integer number) {
  static BaseLayers of(Lineage lineage) {
    return new BaseLayers(lineage.baseLayers() < 1 ? null : lineage.baseLayers());
  }

  /** Whether an ancestor brought this layer; null where no ancestor is known. */
  @Nullable Boolean contains(int layer) {
    return number == null ? null : layer < number;
  }
}
