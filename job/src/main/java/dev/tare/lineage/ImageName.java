package dev.tare.lineage;

/**
 * Names of images, made comparable: {@code alpine}, {@code docker.io/library/alpine:latest} and
 * {@code index.docker.io/library/alpine} are one.
 *
 * @see <a href="https://github.com/distribution/reference">distribution/reference, normalized
 *     names</a>
 */
final class ImageName {
  private static final String DOCKER_HUB = "docker.io";

  private ImageName() {}

  /** With registry and tag; without digest where there is a tag or a name without one. */
  static String normalise(String name) {
    int at = name.indexOf('@');
    String tagged = at < 0 ? name : name.substring(0, at);
    int slash = tagged.indexOf('/');
    String first = slash < 0 ? "" : tagged.substring(0, slash);
    boolean hasRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
    String registry = hasRegistry ? first : DOCKER_HUB;
    String path = hasRegistry ? tagged.substring(slash + 1) : tagged;
    if (registry.equals("index.docker.io")) {
      registry = DOCKER_HUB;
    }
    if (registry.equals(DOCKER_HUB) && !path.contains("/")) {
      path = "library/" + path;
    }
    boolean hasTag = path.indexOf(':', path.lastIndexOf('/') + 1) >= 0;
    return registry + "/" + path + (hasTag ? "" : ":latest");
  }

  /** Whether it names nothing but a digest, which never stands for anything newer. */
  static boolean isByDigestOnly(String name) {
    int at = name.indexOf('@');
    return at >= 0 && name.indexOf(':', name.lastIndexOf('/', at) + 1) == name.indexOf(':', at);
  }
}
