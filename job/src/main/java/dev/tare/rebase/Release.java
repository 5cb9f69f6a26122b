package dev.tare.rebase;

import dev.tare.facts.Base;
import dev.tare.facts.StoredFacts;
import org.jspecify.annotations.Nullable;

/**
 * A release of a distribution: within it, a package has one line of versions.
 *
 * @param id {@code debian}; null where none is known
 * @param version {@code 12}, {@code 3.20}; null where releases are not told apart
 */
record Release(@Nullable String id, @Nullable String version) {
  /** The release that these facts name. */
  static Release of(StoredFacts facts) {
    Base.OperatingSystem os = facts.base().os();
    return os == null ? new Release(null, null) : of(os.id(), os.versionId());
  }

  private static Release of(@Nullable String id, @Nullable String version) {
    if (id == null || version == null) {
      return new Release(id, version);
    }
    String[] numbers = version.split("[._]", -1);
    return switch (id) {
      case "wolfi", "chainguard" -> new Release(id, null);
      case "alpine" ->
          new Release(id, numbers.length > 1 ? numbers[0] + "." + numbers[1] : numbers[0]);
      case "almalinux", "rocky", "rhel", "centos", "ol", "debian" -> new Release(id, numbers[0]);
      default -> new Release(id, version);
    };
  }

  /** For people. */
  @Override
  public String toString() {
    return id == null ? "no known distribution" : version == null ? id : id + " " + version;
  }
}
