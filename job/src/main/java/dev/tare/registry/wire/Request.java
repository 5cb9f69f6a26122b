package dev.tare.registry.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of a registry's API.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints">Endpoints</a>
 */
public interface Request {
  /**
   * What is sent with a request.
   *
   * @param type its media type
   */
  // A message that is sent once; nobody compares two.
  @SuppressWarnings("ArrayRecordComponent")
  record Body(String type, byte[] content) {}

  /** GET unless said otherwise. */
  default String method() {
    return "GET";
  }

  /** Path and query, percent-encoded: {@code /v2/team/app/tags/list?n=1000}. */
  String target();

  /** Media types that are understood; empty for any. */
  default List<String> accept() {
    return List.of();
  }

  /** What is sent with it; null for nothing. */
  default @Nullable Body body() {
    return null;
  }

  /** Whether it changes what the registry holds. */
  default boolean writes() {
    return false;
  }

  /** Further headers. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /** What a token must allow, {@code repository:team/app:pull}; null where any token will do. */
  @Nullable String scope();

  /** The repository it is about; null where it is about the registry. */
  @Nullable String repository();

  /** The repository whose login is sent; null for the login of the registry. */
  default @Nullable String login() {
    return repository();
  }

  /**
   * What it does, the beginning of every error: {@code pull manifest localhost:5001/team/app:1.2}.
   */
  String action();

  /** What to do where the registry does not have it. */
  default @Nullable String notFoundHint() {
    return null;
  }
}
