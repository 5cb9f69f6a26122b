package dev.tare.batch;

import dev.tare.oci.Digest;
import dev.tare.store.StoredTickets;
import dev.tare.ticket.ClosingLedger;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.TrackerChoice;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.springframework.transaction.PlatformTransactionManager;

/** Opens trackers with what the state remembers of them. */
final class TicketPlaces {
  private final Stores stores;
  private final PlatformTransactionManager transactions;
  private final InstantSource clock;

  TicketPlaces(Stores stores, PlatformTransactionManager transactions, InstantSource clock) {
    this.stores = stores;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Throws, before a run begins, where it is known that it cannot end well; writes nothing. */
  void check(OutputRequest output) {
    output.check();
    TrackerChoice choice = output.tickets().tracker();
    if (choice != null) {
      try (TicketTracker tracker = open(choice, output)) {
        tracker.check();
      }
    }
  }

  TicketTracker open(TrackerChoice choice, OutputRequest output) {
    return choice.open(output.directory(), this::stored, clock);
  }

  ClosingLedger ledger(TicketTracker tracker) {
    return stored(tracker.place());
  }

  private StoredTickets stored(String place) {
    return new StoredTickets(stores.jdbc(), transactions, identity(place));
  }

  /** Equal for trackers that keep the same tickets. */
  private static String identity(String place) {
    return Digest.sha256(place.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
