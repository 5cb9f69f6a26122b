package dev.tare.lineage;

import dev.tare.oci.WrittenName;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of images, made comparable: {@code alpine}, {@code docker.io/library/alpine:latest} and
 * {@code index.docker.io/library/alpine} are one.
 *
 * @see <a href="https://github.com/distribution/reference">distribution/reference, normalized
 *     names</a>
 */
public final class ImageName {
  private static final Set<String> DOCKER_HUBS =
      Set.of(WrittenName.DOCKER_HUB, "index.docker.io", "registry-1.docker.io");

  /** This machine has several names; a build may have used another than a scan does. */
  private static final Pattern LOOPBACK = Pattern.compile("^(?:127\\.0\\.0\\.1|\\[::1])(:\\d+)?$");

  private ImageName() {}

  /** With registry and tag; without digest where there is a tag or a name without one. */
  public static String normalise(String name) {
    WrittenName written = comparable(name);
    return written.repository() + ":" + Objects.requireNonNullElse(written.tag(), "latest");
  }

  /**
   * The repository of a name, comparable like {@link #normalise}: {@code docker.io/library/alpine}.
   */
  static String repository(String name) {
    return comparable(name).repository();
  }

  private static WrittenName comparable(String name) {
    WrittenName written = WrittenName.of(name);
    String host = written.registry();
    String registry =
        host == null || DOCKER_HUBS.contains(host) ? WrittenName.DOCKER_HUB : registry(host);
    boolean official = registry.equals(WrittenName.DOCKER_HUB) && !written.path().contains("/");
    return new WrittenName(
        registry,
        official ? "library/" + written.path() : written.path(),
        written.tag(),
        written.digest());
  }

  /** A registry as normalised names have it. */
  public static String registry(String host) {
    return LOOPBACK.matcher(host).replaceFirst("localhost$1");
  }

  /** Whether it is in a layout or archive: {@code docker-archive:/app.tar/team/app:1.2}. */
  static boolean isInAFile(String name) {
    int slash = name.indexOf('/');
    return slash > 0 && name.charAt(slash - 1) == ':';
  }

  /** Whether it names nothing but a digest, which never stands for anything newer. */
  static boolean isByDigestOnly(String name) {
    WrittenName written = WrittenName.of(name);
    return written.digest() != null && written.tag() == null;
  }
}
