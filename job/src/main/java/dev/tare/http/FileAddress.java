package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.net.URI;

/** The address of a file that is believed: by https, or by http from this machine. */
public final class FileAddress {
  private FileAddress() {}

  /** Whether a location is an address, and no path. */
  public static boolean isOne(String location) {
    return location.startsWith("https://") || location.startsWith("http://");
  }

  /** Without user and query, which may hold a credential. */
  public static String shown(String location) {
    return location.replaceFirst("//[^/@]*@", "//").replaceFirst("[?#].*$", "");
  }

  /** Whether nobody between can change what comes from there. */
  public static boolean isSafe(URI address) {
    String host = address.getHost();
    return address.getScheme().equals("https")
        || "localhost".equals(host)
        || "127.0.0.1".equals(host)
        || "[::1]".equals(host);
  }

  /**
   * Refuses what redirects have led to over http, which one from this machine may.
   *
   * @param action the beginning of the message
   * @throws TareException BAD_CONTENT
   */
  public static void requireSafe(String action, HttpAnswer answer) {
    if (!isSafe(answer.uri())) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          action + ": sent on to " + shown(answer.uri().toString()) + ": expected https");
    }
  }
}
