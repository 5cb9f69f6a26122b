package dev.tare.batch;

import dev.tare.oci.Platform;
import dev.tare.registry.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to scan.
 *
 * @param targets registries, repositories, images
 * @param include globs on {@code repository:tag}; empty means all
 * @param exclude globs on {@code repository:tag}
 * @param newestTags how many tags of a repository, newest first; null means all
 * @param platforms empty means all that can run
 * @param fresh start again even where an earlier run of the same command can be resumed
 */
public record ScanRequest(
    List<Target> targets,
    List<String> include,
    List<String> exclude,
    @Nullable Integer newestTags,
    List<Platform> platforms,
    boolean fresh) {
  /** Copies the lists. */
  public ScanRequest {
    targets = List.copyOf(targets);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    platforms = List.copyOf(platforms);
  }
}
