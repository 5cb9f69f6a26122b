package dev.tare.layer.blob;

import dev.tare.error.FailureKind;
import dev.tare.layer.LayerScanner;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a scan cannot go on, without the name of the layer: {@link LayerScanner} puts that in front
 * and makes a {@link dev.tare.error.TareException} of it.
 */
public final class ScanFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final @Nullable String hint;

  private ScanFault(
      FailureKind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.hint = hint;
  }

  /** The content contradicts its own description. */
  public static ScanFault corrupt(String message) {
    return new ScanFault(FailureKind.BAD_CONTENT, message, null, null);
  }

  /** The content contradicts its own description, as a decoder found. */
  public static ScanFault corrupt(String message, Throwable cause) {
    return new ScanFault(FailureKind.BAD_CONTENT, message, null, cause);
  }

  /** A limit that can be configured. */
  public static ScanFault limit(String what, long limit, String property) {
    return new ScanFault(
        FailureKind.LIMIT,
        what + ": limit of " + number(limit) + " (" + property + ") exceeded",
        "Raise " + property + " if you trust where the image comes from.",
        null);
  }

  /** A limit that is part of a format or a decoder. */
  static ScanFault fixedLimit(String message, Throwable cause) {
    return new ScanFault(FailureKind.LIMIT, message, null, cause);
  }

  /** The stream that the blob comes from failed. */
  public static ScanFault fetch(String message, Throwable cause) {
    return new ScanFault(FailureKind.TRANSIENT, message, null, cause);
  }

  /** A number as people read it: {@code 4,096}. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  public FailureKind kind() {
    return kind;
  }

  @Nullable
  public String hint() {
    return hint;
  }

  public String reason() {
    String message = getMessage();
    return message == null ? kind.name() : message;
  }
}
