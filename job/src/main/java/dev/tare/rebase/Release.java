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
          // 3.21_alpha20240807 is edge on its way to 3.21.
          new Release(
              id,
              numbers.length > 1 && !version.contains("_alpha")
                  ? numbers[0] + "." + numbers[1]
                  : version);
      case "almalinux", "rocky", "rhel", "centos", "ol", "debian" -> new Release(id, numbers[0]);
      default -> new Release(id, version);
    };
  }

  /** Whether both are known, and of the same line of versions. */
  boolean isSame(Release other) {
    return id != null && equals(other);
  }

  /** For people. */
  @Override
  public String toString() {
    return id == null ? "no known distribution" : version == null ? id : id + " " + version;
  }
}
