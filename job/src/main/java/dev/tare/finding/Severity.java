package dev.tare.finding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a failed rule matters, least first. */
public enum Severity {
  /** Worth knowing; never makes an image fail. */
  NOTE,
  /** Low. */
  LOW,
  /** Medium. */
  MEDIUM,
  /** High. */
  HIGH,
  /** Critical. */
  CRITICAL;

  /** The word in documents: {@code high}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of this word. */
  public static Optional<Severity> ofWord(String word) {
    return Arrays.stream(values()).filter(severity -> severity.word().equals(word)).findAny();
  }
}
