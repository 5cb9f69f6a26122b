package dev.tare.inspect.content;

import dev.tare.facts.Fact;
import dev.tare.layer.ContentInterest.Extraction;
import org.jspecify.annotations.Nullable;

/**
 * A kind of files whose content is kept, told by whoever reads it: which files, what of them, and
 * which fact is incomplete without them. Implementations are stateless.
 */
public interface KeptKind {
  /** Who reads it, as people are told: {@code rpm}, {@code accounts}. No two have the same. */
  String name();

  /**
   * Is counted up whenever something else is kept than before: of a file, or of further files. The
   * layers that have a file of this kind are then read again, and no others.
   */
  int version();

  /** How to keep this file, which is not empty; null where it is none of this kind. */
  @Nullable Extraction wants(LayerFile file);

  /**
   * The fact that is incomplete where this path could not be read; null where it is none of these.
   */
  @Nullable Fact factOf(String path);
}
