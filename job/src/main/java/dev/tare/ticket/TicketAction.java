package dev.tare.ticket;

import dev.tare.finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One ticket to change, or that was changed.
 *
 * @param title of the ticket after the change
 * @param severity of its worst finding; for a ticket that closes, of the worst it had
 * @param reason one sentence: what changed
 * @param location where it is; null for a new ticket that is not written yet
 */
public record TicketAction(
    Kind kind,
    TicketKey key,
    String title,
    Severity severity,
    String reason,
    @Nullable String location) {
  /** What happens to the ticket. */
  public enum Kind {
    /** It is new. */
    CREATE,
    /** It stays open and says something else. */
    UPDATE,
    /** Nothing it names fails any more. */
    CLOSE,
    /** It was closed and fails again. */
    REOPEN
  }
}
