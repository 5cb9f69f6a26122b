package dev.tare.batch;

import dev.tare.oci.Platform;
import dev.tare.registry.Glob;
import dev.tare.registry.TagOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tags of a repository, and which platforms of an image, a scan looks at. */
final class TagSelection {
  private final List<Glob> include;
  private final List<Glob> exclude;
  private final @Nullable Integer newest;
  private final List<Platform> platforms;

  TagSelection(ScanRequest request) {
    this.include = request.include().stream().map(Glob::parse).toList();
    this.exclude = request.exclude().stream().map(Glob::parse).toList();
    this.newest = request.newestTags();
    this.platforms = request.platforms();
  }

  /** The tags to look at, the newest first where their number is limited. */
  List<String> select(String repository, List<String> tags) {
    List<String> selected =
        tags.stream()
            .filter(tag -> include.isEmpty() || matches(include, repository, tag))
            .filter(tag -> !matches(exclude, repository, tag))
            .toList();
    return newest == null
        ? selected
        : selected.stream().sorted(TagOrder.NEWEST_FIRST).limit(newest).toList();
  }

  boolean accepts(Platform platform) {
    return platforms.isEmpty() || platforms.stream().anyMatch(wanted -> wanted.accepts(platform));
  }

  private static boolean matches(List<Glob> globs, String repository, String tag) {
    return globs.stream().anyMatch(glob -> glob.matches(repository, tag));
  }
}
