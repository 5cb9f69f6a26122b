package dev.tare.ticket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where tickets live. A tracker stores what it is told; what to open, update and close is decided
 * by {@link TicketReconciler}. Used by one thread at a time.
 */
public interface TicketTracker extends AutoCloseable {
  /** The word after {@code --tickets}: {@code file}. */
  String name();

  /** Where it keeps them: the same for all that see the same tickets. */
  String place();

  /**
   * Looks, as cheaply as may be, whether it can be read.
   *
   * @throws dev.tare.error.TareException as {@link #known} does
   */
  default void check() {
    known();
  }

  /**
   * Finishes what a process that ended has left half done. Comes before the first {@link #write}.
   *
   * @throws dev.tare.error.TareException where the tracker cannot be read
   */
  default void settle() {}

  /** How many new tickets it takes now. */
  default int room() {
    return Integer.MAX_VALUE;
  }

  /**
   * Every ticket that Tare keeps there, open and closed, at most one for a key.
   *
   * @throws dev.tare.error.TareException where the tracker cannot be read; {@link
   *     TicketUnavailableException} where trying again helps
   */
  KnownTickets known();

  /**
   * Writes one ticket whole: new, changed, closed or opened again, as its data says. What people
   * added to it is kept. After a failure the ticket is as it was before.
   *
   * @param location of the ticket that this replaces, null for a new one
   * @return where it is now
   * @throws dev.tare.error.TareException where it cannot be written; {@link
   *     TicketUnavailableException} where trying again helps
   */
  String write(Ticket ticket, @Nullable String location);

  /**
   * Tells people which new tickets wait, once the others are written; what cannot be told is told
   * by the next run. Not in a tracker that is looked at only in reports, which list them.
   *
   * @param held back by the limits of new tickets, worst first
   */
  default void overview(List<TicketAction> held) {}

  @Override
  default void close() {}
}
