package dev.tare.registry.auth;

import dev.tare.http.HttpAnswer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
      String scheme = value.strip().toLowerCase(Locale.ROOT);
      if (scheme.startsWith("bearer ")) {
        Map<String, String> parameters = Parameters.of(value);
        String realm = parameters.get("realm");
        if (realm != null) {
          return new Bearer(realm, parameters.get("service"), parameters.get("scope"));
        }
      } else if (scheme.startsWith("basic")) {
        understood = new Basic();
      }
    }
    return understood;
  }

  /** The {@code name="value"} pairs of a challenge. */
  final class Parameters {
    private static final Pattern PAIR =
        Pattern.compile("([A-Za-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))");

    private Parameters() {}

    private static Map<String, String> of(String header) {
      Map<String, String> parameters = new LinkedHashMap<>();
      Matcher pair = PAIR.matcher(header);
      while (pair.find()) {
        String quoted = pair.group(2);
        parameters.putIfAbsent(
            pair.group(1).toLowerCase(Locale.ROOT), quoted == null ? pair.group(3) : quoted);
      }
      return parameters;
    }
  }
}
