package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes JDBC URLs apart. Nothing of a URL that cannot be understood is shown but its first word:
 * who knows where the password begins.
 *
 * <pre>
 * jdbc:postgresql://db.example.com:5432/tare?user=tare&amp;password=…
 * jdbc:postgresql://tare:…@db.example.com/tare      as libpq writes it
 * jdbc:h2:file:/var/lib/tare/state;USER=tare;PASSWORD=…
 * </pre>
 */
final class DatabaseUrl {
  /** A scheme, as in jdbc:…, postgresql://… and mysql://…; a directory is named otherwise. */
  private static final Pattern URL = Pattern.compile("(?i)(jdbc:.*|[a-z][a-z0-9+.-]*://.*)");

  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String H2 = "jdbc:h2:";

  private static final String HOST = "(?:[\\w.-]+|\\[[0-9a-fA-F:.%]+])(?::\\d{1,5})?";

  /** Host names and ports are checked, or a part of a password might be taken for one. */
  private static final Pattern POSTGRESQL_PLACE =
      Pattern.compile(
          "(?://(?:(?<user>[^/?]*)@)?(?<hosts>(?:"
              + HOST
              + "(?:,"
              + HOST
              + ")*)?)/?)?"
              + "(?<database>[^/?@:;&=]*)(?:\\?(?<settings>.*))?");

  /** What shows that settings were begun by something else than a semicolon. */
  private static final Pattern MISPLACED = Pattern.compile("(?i)\\?|password=");

  private static final Pattern SETTING = Pattern.compile("(?<name>\\w+)=(?<value>.*)");

  private DatabaseUrl() {}

  /** Whether this is meant as a URL and not as a directory. */
  static boolean isOne(String text) {
    return URL.matcher(text).matches();
  }

  static StateLocation parse(String text) {
    if (text.startsWith(POSTGRESQL)) {
      return postgresql(text.substring(POSTGRESQL.length()));
    }
    if (text.startsWith(H2)) {
      return h2(text.substring(H2.length()));
    }
    Matcher scheme = Pattern.compile("(?i)(?:jdbc:)?[a-z][a-z0-9+.-]*:").matcher(text);
    throw new TareException(
        FailureKind.USAGE,
        "state " + (scheme.lookingAt() ? scheme.group() : "") + "…: not a database Tare knows",
        "Use a directory, or a jdbc:postgresql: URL.");
  }

  private static StateLocation postgresql(String rest) {
    Matcher parts = POSTGRESQL_PLACE.matcher(rest);
    if (!parts.matches() || !portsExist(parts.group("hosts"))) {
      throw new TareException(
          FailureKind.USAGE,
          "state " + POSTGRESQL + "…: expected //host:port/database, and settings after ?",
          "Write jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=PASSWORD, special characters as %40 for @.");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    String user = parts.group("user");
    if (user != null) {
      int colon = user.indexOf(':');
      settings.put("user", decoded(colon < 0 ? user : user.substring(0, colon)));
      if (colon >= 0) {
        settings.put("password", decoded(user.substring(colon + 1)));
      }
    }
    String given = parts.group("settings");
    if (given != null && !given.isEmpty()) {
      for (String setting : given.split("&", -1)) {
        Matcher pair = setting(POSTGRESQL, setting);
        settings.put(pair.group("name"), decoded(pair.group("value")));
      }
    }
    String hosts = parts.group("hosts");
    String url = POSTGRESQL + (hosts == null ? "" : "//" + hosts + "/") + parts.group("database");
    return new StateLocation(shown(url, settings.get("user")), url, settings);
  }

  private static boolean portsExist(@Nullable String hosts) {
    Matcher port = Pattern.compile(":(\\d{1,5})(?=,|$)").matcher(hosts == null ? "" : hosts);
    return port.results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .allMatch(number -> number >= 1 && number <= 65_535);
  }

  private static StateLocation h2(String rest) {
    String[] parts = rest.split("(?<!\\\\);", -1);
    String place = parts[0];
    boolean remote = place.startsWith("tcp:") || place.startsWith("ssl:");
    if (MISPLACED.matcher(place).find() || (remote && place.contains("@"))) {
      throw new TareException(
          FailureKind.USAGE,
          "state " + H2 + "…: expected a place, and settings after ;",
          "Write jdbc:h2:file:/PATH;USER=NAME;PASSWORD=PASSWORD.");
    }
    Map<String, String> secrets = new LinkedHashMap<>();
    StringBuilder url = new StringBuilder(H2 + place);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].isEmpty()) {
        continue;
      }
      Matcher pair = setting(H2, parts[i]);
      String name = pair.group("name").toUpperCase(Locale.ROOT);
      switch (name) {
        case "USER", "PASSWORD" ->
            secrets.put(name, pair.group("value").replaceAll("\\\\(.)", "$1"));
        case "INIT" ->
            throw new TareException(
                FailureKind.USAGE,
                "state " + H2 + place + ": the setting INIT is not allowed",
                "It runs statements on every connection, and errors would quote them: leave it out.");
        default -> url.append(';').append(parts[i]); // H2 refuses those it does not know only here.
      }
    }
    return new StateLocation(shown(H2 + place, secrets.get("USER")), url.toString(), secrets);
  }

  private static Matcher setting(String kind, String text) {
    Matcher pair = SETTING.matcher(text);
    if (!pair.matches()) {
      throw new TareException(
          FailureKind.USAGE,
          "state " + kind + "…: a setting is not of the form name=value",
          "Check what follows the place in --state.");
    }
    return pair;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Without the cause: it quotes the value.
      throw new TareException(
          FailureKind.USAGE,
          "state " + POSTGRESQL + "…: % is not followed by two hexadecimal digits",
          "Write % itself as %25.");
    }
  }

  private static String shown(String url, @Nullable String user) {
    return user == null ? url : url + " (user " + user + ")";
  }
}
