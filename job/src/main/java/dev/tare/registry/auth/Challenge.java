package dev.tare.registry.auth;

import dev.tare.http.HttpAnswer;
import org.jspecify.annotations.Nullable;

/**
 * How a registry wants to be told who asks, from a header {@code WWW-Authenticate}:
 *
 * <pre>
 * Bearer realm="https://auth.example.com/token",service="registry",scope="repository:team/app:pull"
 * Basic realm="registry"
 * </pre>
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token
 *     authentication</a>
 */
public sealed interface Challenge {
  /** User name and password with every request. */
  record Basic() implements Challenge {}

  /** A token from {@code realm}. */
  record Bearer(String realm, @Nullable String service, @Nullable String scope)
      implements Challenge {}

  /** The first challenge that is understood, Bearer before Basic; null where there is none. */
  static @Nullable Challenge of(HttpAnswer response) {
    Challenge understood = null;
    for (String value : response.headers("WWW-Authenticate")) {
      for (ChallengeHeader.Part part : ChallengeHeader.parts(value)) {
        String realm = part.parameters().get("realm");
        if (part.scheme().equals("bearer") && realm != null) {
          return new Bearer(
              realm, part.parameters().get("service"), part.parameters().get("scope"));
        }
        if (part.scheme().equals("basic")) {
          understood = new Basic();
        }
      }
    }
    return understood;
  }
}
