package dev.tare.registry.wire;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.WrittenName;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry as people write it, {@code host[:port]}, and where its API is.
 *
 * @param name as it stands in references, lower case: {@code localhost:5001}
 */
public record RegistryHost(String name) {
  /** What Docker's reference rules add where no registry is named. */
  private static final String DOCKER_HUB_API = "registry-1.docker.io";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<host>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
              + "|\\[[0-9a-f:.]+])(?::(?<port>[0-9]{1,5}))?");
  private static final int LONGEST = 255 + 6;
  private static final int LARGEST_PORT = 65_535;

  /** A password may stand before the host, where none belongs. */
  private static String withoutUser(String text) {
    int at = text.lastIndexOf('@');
    return at < 0 ? text : "…" + text.substring(at);
  }

  /** Parses {@code host[:port]}; throws USAGE for anything else. */
  public static RegistryHost parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    if (!isHost(name)) {
      throw new TareException(
          FailureKind.USAGE,
          "registry \""
              + withoutUser(text)
              + "\": expected host[:port], for example registry.example.com:5000",
          text.contains("://") ? "Leave out the scheme; --plain-http chooses plain HTTP." : null);
    }
    // The three names of Docker Hub are one registry; its images are written docker.io/….
    return new RegistryHost(
        name.equals("index.docker.io") || name.equals(DOCKER_HUB_API)
            ? WrittenName.DOCKER_HUB
            : name);
  }

  /** Whether this can be a host with or without a port. */
  public static boolean isHost(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return false;
    }
    String port = form.group("port");
    return port == null || (Integer.parseInt(port) >= 1 && Integer.parseInt(port) <= LARGEST_PORT);
  }

  /** Whether it is this machine. */
  public boolean isLoopback() {
    String host = host();
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
  }

  /** Where its API is under this scheme. */
  public URI uri(String scheme) {
    return URI.create(
        scheme + "://" + (name.equals(WrittenName.DOCKER_HUB) ? DOCKER_HUB_API : name));
  }

  private String host() {
    Matcher form = FORM.matcher(name);
    if (!form.matches()) {
      throw new IllegalStateException("not a host: " + name);
    }
    return form.group("host");
  }

  @Override
  public String toString() {
    return name;
  }
}
