package dev.tare.ticket.tracker.issue;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import org.jspecify.annotations.Nullable;

/** The tracker answered, and does not do what it was asked for. */
public final class RefusedException extends TareException {
  private static final long serialVersionUID = 1L;

  /** With one sentence that says what to do, where there is one. */
  public RefusedException(String message, @Nullable String hint) {
    super(FailureKind.ENVIRONMENT, message, hint);
  }
}
