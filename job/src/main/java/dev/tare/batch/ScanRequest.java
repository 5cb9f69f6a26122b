package dev.tare.batch;

import dev.tare.lineage.BaseCatalogue;
import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import java.util.List;

/**
 * What to scan.
 *
 * @param targets registries, repositories, images
 * @param filter which of their images
 * @param fresh start again even where an earlier run of the same command can be resumed
 * @param bases that are known besides what runs have listed
 */
public record ScanRequest(
    List<Target> targets, ImageFilter filter, boolean fresh, BaseCatalogue bases) {
  /** Copies the targets. */
  public ScanRequest {
    targets = List.copyOf(targets);
  }

  /** A scan that knows the bases that ship with Tare. */
  public ScanRequest(List<Target> targets, ImageFilter filter, boolean fresh) {
    this(targets, filter, fresh, BaseCatalogue.shipped());
  }
}
