package dev.tare.registry.wire;

/**
 * What a token must allow to read a repository, or to write to it.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Scope</a>
 */
public final class RepositoryScope {
  private RepositoryScope() {}

  public static String pull(String repository) {
    return "repository:" + repository + ":pull";
  }

  /** Who writes asks what is there first. */
  public static String push(String repository) {
    return "repository:" + repository + ":pull,push";
  }
}
