package dev.tare.oci;

import org.jspecify.annotations.Nullable;

/**
 * A name of an image as people, builds and tools write it, taken apart: {@code
 * [registry/]path[:tag][@digest]}. Nothing of it is checked: {@link Reference} does that.
 *
 * @param registry host and optional port, null where there is none
 * @param path in the registry, {@code team/app}
 * @param tag null where there is none, empty where nothing stands behind the colon
 * @param digest null where there is none, empty where nothing stands behind the {@code @}
 * @see <a href="https://github.com/distribution/reference">distribution/reference</a>
 */
public record WrittenName(
    @Nullable String registry, String path, @Nullable String tag, @Nullable String digest) {
  /** Docker's own registry, which names without a registry mean. */
  public static final String DOCKER_HUB = "docker.io";

  /**
   * As Docker reads it: what stands before the first slash is a registry where it has a dot or a
   * colon, or is {@code localhost}.
   */
  public static WrittenName of(String name) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host ? full(name) : inside(null, name);
  }

  /** A name in which a registry stands before the first slash, whatever it looks like. */
  public static WrittenName full(String name) {
    int slash = name.indexOf('/');
    return slash < 0
        ? inside(null, name)
        : inside(name.substring(0, slash), name.substring(slash + 1));
  }

  private static WrittenName inside(@Nullable String registry, String rest) {
    int at = rest.indexOf('@');
    String tagged = at < 0 ? rest : rest.substring(0, at);
    int colon = tagged.lastIndexOf(':');
    boolean hasTag = colon > tagged.lastIndexOf('/');
    return new WrittenName(
        registry,
        hasTag ? tagged.substring(0, colon) : tagged,
        hasTag ? tagged.substring(colon + 1) : null,
        at < 0 ? null : rest.substring(at + 1));
  }

  /** Registry and path, without tag and digest. */
  public String repository() {
    return registry == null ? path : registry + "/" + path;
  }
}
