package dev.tare.ticket;

import dev.tare.oci.Digest;
import java.nio.charset.StandardCharsets;

/** The sha256 of a text. */
public final class Sha256 {
  private Sha256() {}

  /** 64 hexadecimal digits. */
  public static String of(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
