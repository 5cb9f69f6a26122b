package dev.tare.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The value of {@code Authorization} for user name and password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
public final class BasicHeader {
  private BasicHeader() {}

  /** Of {@code user:password}. */
  public static String of(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
