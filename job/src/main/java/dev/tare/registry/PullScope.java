package dev.tare.registry;

/**
 * What a token must allow to read a repository.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Scope</a>
 */
final class PullScope {
  private PullScope() {}

  static String of(String repository) {
    return "repository:" + repository + ":pull";
  }
}
