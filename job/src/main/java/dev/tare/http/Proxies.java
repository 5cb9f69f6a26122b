package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY}, or the same in lower case. Nothing is parsed before the first request.
 *
 * <p>{@code NO_PROXY} is a list, separated by commas, of hosts that are reached directly: {@code
 * example.com} is this host and those below it, {@code .example.com} and {@code *.example.com}
 * those below it alone, {@code 10.1.2.3} and {@code 10.0.0.0/8} are addresses as they stand in the
 * address that is asked (no name is looked up for it), and {@code *} is every host. A port behind a
 * host ({@code example.com:5000}) narrows it. Loopback hosts are always reached directly.
 */
public final class Proxies {
  /** Every host is reached directly. */
  public static final Proxies NONE = new Proxies(Map.of());

  private static final String EXPECTED = "expected http://[user:password@]host[:port]";

  private final Map<String, String> environment;

  private Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * A proxy.
   *
   * @param user null where it is not told who asks
   */
  record Proxy(String host, int port, @Nullable String user, String password) {
    /** Without user and password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** Those of an environment. */
  public static Proxies of(Map<String, String> environment) {
    return new Proxies(environment);
  }

  /**
   * The one that this address is asked through; null for none. Throws USAGE, without the value,
   * where the environment names none that can be used.
   */
  @Nullable Proxy of(URI address) {
    String scheme = address.getScheme().toUpperCase(Locale.ROOT);
    String name = scheme + "_PROXY";
    String value = value(name);
    if (value.isEmpty() || isDirect(address.getHost(), address.getPort(), scheme)) {
      return null;
    }
    return parse(name, value);
  }

  private String value(String name) {
    String value = environment.getOrDefault(name, "");
    return (value.isBlank() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value)
        .strip();
  }

  private static Proxy parse(String name, String value) {
    try {
      URI uri = new URI(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        String login = uri.getRawUserInfo();
        String[] parts = login == null ? new String[0] : login.split(":", 2);
        return new Proxy(
            uri.getHost(),
            uri.getPort() < 0 ? 80 : uri.getPort(),
            parts.length == 0 ? null : decoded(parts[0]),
            parts.length < 2 ? "" : decoded(parts[1]));
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // Not as a cause: its message repeats the value, in which a password may be.
      throw unusable(name);
    }
    throw unusable(name);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static TareException unusable(String name) {
    return new TareException(
        FailureKind.USAGE,
        "proxy in " + name + ": " + EXPECTED,
        "Correct "
            + name
            + ", or name the host in NO_PROXY. Other characters of a password are"
            + " written %XX.");
  }

  private boolean isDirect(String host, int port, String scheme) {
    Address address = Address.parse(host);
    if (host.equalsIgnoreCase("localhost")
        || host.toLowerCase(Locale.ROOT).endsWith(".localhost")
        || (address != null && address.reach() == Reach.LOOPBACK)) {
      return true;
    }
    int actualPort = port >= 0 ? port : scheme.equals("HTTPS") ? 443 : 80;
    List<String> entries =
        Arrays.stream(value("NO_PROXY").split("[,\\s]+", -1))
            .filter(entry -> !entry.isEmpty())
            .toList();
    return entries.stream()
        .anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), host, address, actualPort));
  }

  private static boolean matches(
      String entry, String host, @Nullable Address address, int actualPort) {
    if (entry.equals("*")) {
      return true;
    }
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      Address network = Address.parse(entry.substring(0, slash));
      String bits = entry.substring(slash + 1);
      return address != null
          && network != null
          && bits.matches("\\d{1,3}")
          && address.startsWith(network, Integer.parseInt(bits));
    }
    Address only = Address.parse(entry);
    if (only != null) {
      return only.equals(address);
    }
    int colon = entry.lastIndexOf(':');
    String port = entry.substring(colon + 1);
    if (colon > 0 && port.matches("\\d{1,5}")) {
      return Integer.parseInt(port) == actualPort
          && matches(entry.substring(0, colon), host, address, actualPort);
    }
    String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
    String name = host.toLowerCase(Locale.ROOT);
    return suffix.startsWith(".")
        ? name.endsWith(suffix)
        : name.equals(suffix) || name.endsWith("." + suffix);
  }
}
