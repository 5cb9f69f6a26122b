package dev.tare.inspect.tree;

import dev.tare.lineage.Lineage;
import org.jspecify.annotations.Nullable;

/**
 * Which layers an ancestor brought.
 *
 * @param number of layers of the nearest ancestor; null where none is known
 */
public record BaseLayers(@Nullable Integer number) {
  public static BaseLayers of(Lineage lineage) {
    return new BaseLayers(lineage.baseLayers() < 1 ? null : lineage.baseLayers());
  }

  /** Whether an ancestor brought this layer; null where no ancestor is known. */
  @Nullable
  public Boolean contains(int layer) {
    return number == null ? null : layer < number;
  }
}
