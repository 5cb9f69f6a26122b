package dev.tare.oci;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A content digest, {@code algorithm:hex}: of a compressed blob, of an uncompressed tar (diff ID),
 * or of a chain of layers (chain ID).
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">Digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
  private static final Digest ZERO = new Digest("sha256", "0".repeat(64));

  /** Checks algorithm and length. */
  public Digest {
    boolean valid =
        switch (algorithm) {
          case "sha256" -> hex.length() == 64 && hex.chars().allMatch(Digest::isDigit);
          case "sha512" -> hex.length() == 128 && hex.chars().allMatch(Digest::isDigit);
          default -> false;
        };
    if (!valid) {
      throw malformed(algorithm + ":" + hex);
    }
  }

  /**
   * Parses {@code sha256:…} or {@code sha512:…}; throws {@link FailureKind#BAD_CONTENT} for
   * anything else.
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw malformed(text);
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The sha256 digest of these bytes. */
  public static Digest sha256(byte[] content) {
    return ZERO.withHash(ZERO.newMessageDigest().digest(content));
  }

  /** A digest of the same algorithm with this hash. */
  public Digest withHash(byte[] hash) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash));
  }

  /** A fresh computation of this digest's algorithm. */
  public MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256 and SHA-512", e);
    }
  }

  /** The first twelve hexadecimal digits, for people. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static TareException malformed(String text) {
    String shown = text.length() > 160 ? text.substring(0, 160) + "…" : text;
    return new TareException(
        FailureKind.BAD_CONTENT,
        "digest \""
            + shown
            + "\": expected sha256: and 64, or sha512: and 128, lower-case hexadecimal digits");
  }
}
