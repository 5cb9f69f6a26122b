package dev.tare.ticket.tracker.issue;

import dev.tare.ticket.TicketUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request was sent, and it is not known whether it was carried out. */
public final class UncertainException extends TicketUnavailableException {
  private static final long serialVersionUID = 1L;

  /**
   * With the failure that left it open, where there is one.
   *
   * @param retryAfter how long the tracker asks to wait, null where it does not say
   */
  public UncertainException(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, retryAfter, cause);
  }
}
