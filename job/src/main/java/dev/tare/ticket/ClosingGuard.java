package dev.tare.ticket;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many tickets may close for another reason than that their images were judged and comply: a
 * catalog that lost its rights, a bundle that was left out and a typing error in the settings look
 * like success.
 */
final class ClosingGuard {
  /** So many in any case. */
  static final int ALWAYS = 5;

  /** Or this part of the open tickets of the registries concerned, if that is more. */
  static final int PERCENT = 10;

  static final Duration WINDOW = Duration.ofDays(7);

  private final ClosingLedger ledger;
  private final InstantSource clock;

  ClosingGuard(ClosingLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * How many of these may close now.
   *
   * @param asking tickets that would close
   * @param known all tickets
   */
  int room(Collection<TicketKey> asking, Collection<KnownTicket> known) {
    Set<String> registries =
        asking.stream().map(TicketKey::registry).collect(Collectors.toUnmodifiableSet());
    long open =
        known.stream()
            .map(KnownTicket::data)
            .filter(ticket -> ticket.state() == TicketState.OPEN)
            .filter(ticket -> registries.contains(ticket.key().registry()))
            .count();
    int most = (int) Math.max(ALWAYS, open * PERCENT / 100);
    int closed = ledger.closedSince(clock.instant().minus(WINDOW), registries);
    return Math.clamp(most - closed, 0, asking.size());
  }

  /** Counts one that closes. */
  void closing(TicketKey key, String runId) {
    Instant now = clock.instant();
    ledger.closing(key, runId, now);
  }
}
