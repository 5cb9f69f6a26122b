package dev.tare.registry;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.ImageGlob;
import dev.tare.oci.Platform;
import dev.tare.registry.target.TagOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which images of the targets are meant.
 *
 * @param include patterns of which one must match; empty for all
 * @param exclude patterns of which none may match
 * @param newestTags how many tags of a repository, newest first by {@link TagOrder}; 0 for all
 * @param platforms of an index; empty for all that can be run
 */
public record ImageFilter(
    List<ImageGlob> include, List<ImageGlob> exclude, int newestTags, List<Platform> platforms) {

  /** Everything. */
  public static final ImageFilter ALL = new ImageFilter(List.of(), List.of(), 0, List.of());

  /** Copies the lists; throws USAGE for a negative number. */
  public ImageFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    platforms = List.copyOf(platforms);
    if (newestTags < 0) {
      throw new TareException(
          FailureKind.USAGE, "newest tags " + newestTags + ": expected 0 (all) or more");
    }
  }

  /** Whether some image of this repository can be meant: its tags are worth listing. */
  public boolean acceptsRepository(String repository) {
    return (include.isEmpty()
            || include.stream().anyMatch(one -> one.matchesRepository(repository)))
        && exclude.stream().noneMatch(one -> one.matchesAllOf(repository));
  }

  /** Whether this image is meant; {@code tag} is null where only its digest is known. */
  public boolean accepts(String repository, @Nullable String tag) {
    return (include.isEmpty() || include.stream().anyMatch(one -> one.matches(repository, tag)))
        && exclude.stream().noneMatch(one -> one.matches(repository, tag));
  }

  /** Whether an image of this platform is meant. */
  public boolean accepts(Platform platform) {
    return platforms.isEmpty()
        ? platform.isRunnable()
        : platforms.stream().anyMatch(one -> one.accepts(platform));
  }
}
