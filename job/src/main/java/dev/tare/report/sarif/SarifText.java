package dev.tare.report.sarif;

import dev.tare.report.text.Cut;
import java.net.URI;
import java.net.URISyntaxException;

/** Untrusted text on its way into SARIF. */
final class SarifText {
  private static final int MESSAGE_LENGTH = 1_000;

  private SarifText() {}

  /** A message as plain text: brackets are links there, and braces places for arguments. */
  static String plain(String text) {
    return Cut.to(text, MESSAGE_LENGTH)
        .replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("{", "{{")
        .replace("}", "}}");
  }

  /**
   * A relative URI reference of this path. The colon of a port is written as {@code %3A}: before
   * the first slash it would end a scheme.
   */
  static String path(String path) {
    try {
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1).replace(":", "%3A");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + path, e);
    }
  }
}
