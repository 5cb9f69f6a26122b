package dev.tare.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure with its kind and, where there is one, what to do about it. The message reads {@code
 * action + subject + cause}, for example {@code pull manifest localhost:5001/team/app:1.2: 404
 * MANIFEST_UNKNOWN: no such tag}; it never holds a credential.
 */
public class TareException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_MESSAGE = 4_000;

  private final FailureKind kind;
  private final @Nullable String hint;

  /** A failure without advice. */
  public TareException(FailureKind kind, String message) {
    this(kind, message, null, null);
  }

  /** A failure with advice: {@code hint} is one sentence that says what to do. */
  public TareException(FailureKind kind, String message, @Nullable String hint) {
    this(kind, message, hint, null);
  }

  /** A failure with advice and the exception it came from. */
  public TareException(
      FailureKind kind, String message, @Nullable String hint, @Nullable Throwable cause) {
    super(bounded(message), cause);
    this.kind = kind;
    this.hint = hint;
  }

  /** A message may quote what somebody else wrote, of any length; and no database takes a NUL. */
  private static String bounded(String message) {
    String cut =
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
    return cut.replace("\0", "\\0");
  }

  /** Whose failure it is. */
  public FailureKind kind() {
    return kind;
  }

  /** What to do, as one sentence, or null where nothing sensible can be said. */
  public @Nullable String hint() {
    return hint;
  }

  /** Whether the same action may succeed when tried again. */
  public boolean retryHelps() {
    return kind == FailureKind.TRANSIENT;
  }
}
