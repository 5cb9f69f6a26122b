package dev.tare.ticket;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tracker did not take a ticket now and may take it later: busy, rate limited, not reached. */
public class TicketUnavailableException extends TareException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * A failure that passes.
   *
   * @param retryAfter how long the tracker asks to wait before anything is sent again, null where
   *     it does not say
   */
  public TicketUnavailableException(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(FailureKind.TRANSIENT, message, null, cause);
    this.retryAfter = retryAfter;
  }

  /** How long the tracker asks to wait, where it says so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
