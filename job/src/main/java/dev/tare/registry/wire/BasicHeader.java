package dev.tare.registry.wire;

import dev.tare.registry.RegistryCredential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The value of {@code Authorization} for user name and password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
public final class BasicHeader {
  private BasicHeader() {}

  public static String of(RegistryCredential credential) {
    byte[] pair =
        (credential.username() + ":" + credential.secret()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
