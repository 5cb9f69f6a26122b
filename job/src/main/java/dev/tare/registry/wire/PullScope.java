package dev.tare.registry.wire;

/**
 * What a token must allow to read a repository.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Scope</a>
 */
public final class PullScope {
  private PullScope() {}

  public static String of(String repository) {
    return "repository:" + repository + ":pull";
  }
}
