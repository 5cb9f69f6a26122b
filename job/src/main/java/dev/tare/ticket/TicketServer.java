package dev.tare.ticket;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.FileAddress;
import dev.tare.http.HttpOptions;
import dev.tare.http.HttpTransport;
import dev.tare.stop.StopSignal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A project of a tracker, and how it is spoken to.
 *
 * @param root scheme, host, port and path in front of owner and name, without a slash at the end
 * @param owner {@code team}
 * @param name of the repository: {@code app}
 * @param token sent to this host and to no other; it never appears in a message
 * @param http how the host is reached; its certificate is verified in any case
 * @param stop cuts off requests
 */
public record TicketServer(
    URI root, String owner, String name, String token, HttpOptions http, StopSignal stop) {
  private static final String SEGMENT = "(?!\\.{1,2}$)[A-Za-z0-9._-]+";

  /** Verifies certificates. */
  public TicketServer {
    http = http.withTls(http.tls().withInsecureSkipVerify(false));
  }

  /**
   * The server of a repository.
   *
   * @param address of its page: {@code https://git.example.com/team/app}
   * @throws TareException USAGE where it is no such address, or would carry the token in the clear
   */
  public static TicketServer of(String address, String token, HttpOptions http, StopSignal stop) {
    URI given;
    try {
      given = new URI(address.strip());
    } catch (URISyntaxException e) {
      throw unusable(e.getReason() + " at position " + e.getIndex());
    }
    boolean web = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
    if (!web || given.getHost() == null) {
      throw unusable("expected https:// and a host");
    }
    if (!HttpTransport.hasPossiblePort(given)) {
      throw unusable("expected a port of 1 to 65535");
    }
    if (given.getRawUserInfo() != null) {
      throw unusable("user and password do not belong into it; the token has its own place");
    }
    if (given.getRawQuery() != null || given.getRawFragment() != null) {
      throw unusable("expected nothing behind the path");
    }
    if (!FileAddress.isSafe(given)) {
      throw unusable("a token is not sent over http");
    }
    String path = given.getRawPath().replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    String[] parts = path.split("/", -1);
    int last = parts.length - 1;
    if (last < 2 || !parts[last].matches(SEGMENT) || !parts[last - 1].matches(SEGMENT)) {
      throw unusable("expected owner and name of a repository at its end");
    }
    String port = given.getPort() < 0 ? "" : ":" + given.getPort();
    StringBuilder root = new StringBuilder();
    root.append(given.getScheme()).append("://");
    root.append(given.getHost().toLowerCase(Locale.ROOT)).append(port);
    for (int at = 1; at < last - 1; at++) {
      root.append('/').append(parts[at]);
    }
    return new TicketServer(
        URI.create(root.toString()), parts[last - 1], parts[last], token, http, stop);
  }

  private static TareException unusable(String why) {
    return new TareException(
        FailureKind.USAGE,
        "the address of the tickets' project cannot be used: " + why,
        "For example --tickets-project https://git.example.com/team/tickets.");
  }

  /** The address of the project's page, without a slash at its end. */
  public String project() {
    return root + "/" + owner + "/" + name;
  }

  /** {@code team/app}. */
  public String repository() {
    return owner + "/" + name;
  }

  @Override
  public String toString() {
    return project();
  }
}
