package dev.tare.registry.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of {@code WWW-Authenticate}, which may hold several challenges:
 *
 * <pre>
 * Negotiate, Basic realm="a, b" , Bearer realm="https://auth.example.com/token",service="r"
 * </pre>
 *
 * Some servers write values without quotes that need them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, 11.6.1</a>
 */
final class ChallengeHeader {
  /**
   * One challenge.
   *
   * @param scheme in lower case
   * @param parameters by their names in lower case
   */
  record Part(String scheme, Map<String, String> parameters) {}

  private static final Pattern NEXT =
      Pattern.compile(
          "[\\s,]*(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)"
              + "(?:\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]++|\\\\.)*+)\"?|(?<plain>[^\\s,\"]+)))?");

  private ChallengeHeader() {}

  static List<Part> parts(String value) {
    List<Part> parts = new ArrayList<>();
    Matcher next = NEXT.matcher(value);
    while (next.find()) {
      String name = next.group("name").toLowerCase(Locale.ROOT);
      String quoted = next.group("quoted");
      String plain = next.group("plain");
      if (quoted == null && plain == null) {
        parts.add(new Part(name, new LinkedHashMap<>()));
      } else if (!parts.isEmpty()) {
        parts
            .getLast()
            .parameters()
            .putIfAbsent(name, quoted == null ? plain : quoted.replaceAll("\\\\(.)", "$1"));
      }
    }
    return parts;
  }
}
