package dev.tare.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The same identifier for the same name, so that the same run gives the same document. The JDK
 * makes version 3 only, which OSCAL refuses.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5">RFC 9562: UUID version
 *     5</a>
 */
public final class NameUuid {
  private NameUuid() {}

  public static UUID of(String... name) {
    byte[] hash;
    try {
      hash =
          MessageDigest.getInstance("SHA-1")
              .digest(("tare\n" + String.join("\n", name)).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    long high = (bytes.getLong() & ~0xF000L) | 0x5000L;
    long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
