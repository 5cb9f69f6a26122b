package dev.tare.lineage;

import java.util.regex.Pattern;

/**
 * Names of images, made comparable: {@code alpine}, {@code docker.io/library/alpine:latest} and
 * {@code index.docker.io/library/alpine} are one.
 *
 * @see <a href="https://github.com/distribution/reference">distribution/reference, normalized
 *     names</a>
 */
public final class ImageName {
  private static final String DOCKER_HUB = "docker.io";

  /** This machine has several names; a build may have used another than a scan does. */
  private static final Pattern LOOPBACK = Pattern.compile("^(?:127\\.0\\.0\\.1|\\[::1])(:\\d+)?$");

  private ImageName() {}

  /** With registry and tag; without digest where there is a tag or a name without one. */
  public static String normalise(String name) {
    int at = name.indexOf('@');
    String tagged = at < 0 ? name : name.substring(0, at);
    int slash = tagged.indexOf('/');
    String first = slash < 0 ? "" : tagged.substring(0, slash);
    boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String registry = hasRegistry ? first : DOCKER_HUB;
    String path = hasRegistry ? tagged.substring(slash + 1) : tagged;
    if (registry.equals("index.docker.io") || registry.equals("registry-1.docker.io")) {
      registry = DOCKER_HUB;
    }
    registry = registry(registry);
    if (registry.equals(DOCKER_HUB) && !path.contains("/")) {
      path = "library/" + path;
    }
    boolean hasTag = path.indexOf(':', path.lastIndexOf('/') + 1) >= 0;
    return registry + "/" + path + (hasTag ? "" : ":latest");
  }

  /**
   * The repository of a name, comparable like {@link #normalise}: {@code docker.io/library/alpine}.
   */
  static String repository(String name) {
    String full = normalise(name);
    return full.substring(0, full.lastIndexOf(':'));
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
    int at = name.indexOf('@');
    return at >= 0 && name.indexOf(':', name.lastIndexOf('/', at) + 1) == name.indexOf(':', at);
  }
}
