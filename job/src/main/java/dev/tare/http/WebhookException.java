package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message was not taken. */
public final class WebhookException extends TareException {
  private static final long serialVersionUID = 1L;

  /** What is known of it. */
  public enum Fate {
    /** The receiver does not take this message. */
    REFUSED,
    /** The receiver wants no message any more. */
    GONE,
    /** It was not taken, and may be later. */
    LATER,
    /** It reached nobody. */
    UNREACHED,
    /** It may have been taken: the same one may be sent again. */
    UNCERTAIN
  }

  private final Fate fate;
  private final @Nullable Duration retryAfter;

  WebhookException(
      Fate fate,
      String message,
      @Nullable String hint,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(
        fate == Fate.LATER || fate == Fate.UNCERTAIN
            ? FailureKind.TRANSIENT
            : FailureKind.ENVIRONMENT,
        message,
        hint,
        cause);
    this.fate = fate;
    this.retryAfter = retryAfter;
  }

  /** The same of a message of which an earlier attempt may have been taken. */
  WebhookException afterUncertainty() {
    return fate == Fate.LATER || fate == Fate.UNREACHED
        ? new WebhookException(
            Fate.UNCERTAIN, String.valueOf(getMessage()), hint(), retryAfter, this)
        : this;
  }

  /** What is known of the message. */
  public Fate fate() {
    return fate;
  }

  /** How long the receiver asks to wait, where it says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
