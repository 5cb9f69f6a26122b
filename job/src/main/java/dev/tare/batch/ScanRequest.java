package dev.tare.batch;

import dev.tare.registry.ImageFilter;
import dev.tare.registry.Target;
import java.util.List;

/**
 * What to scan.
 *
 * @param targets registries, repositories, images
 * @param filter which of their images
 * @param fresh start again even where an earlier run of the same command can be resumed
 */
public record ScanRequest(List<Target> targets, ImageFilter filter, boolean fresh) {
  /** Copies the targets. */
  public ScanRequest {
    targets = List.copyOf(targets);
  }
}
