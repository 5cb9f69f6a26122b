package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.stop.StopSignal;
import dev.tare.store.RunLock;
import dev.tare.store.RunLocks;
import dev.tare.store.StoredTickets;
import dev.tare.ticket.ClosingLedger;
import dev.tare.ticket.TicketJournal;
import dev.tare.ticket.TicketOutbox;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.TrackerChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.transaction.PlatformTransactionManager;

/** Opens trackers with what the state remembers of them. */
final class TicketPlaces {
  /** Ten minutes. */
  private static final int ATTEMPTS = 600;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Stores stores;
  private final PlatformTransactionManager transactions;
  private final RunLocks locks;
  private final InstantSource clock;
  private final StopSignal stop;

  TicketPlaces(
      Stores stores,
      PlatformTransactionManager transactions,
      RunLocks locks,
      InstantSource clock,
      StopSignal stop) {
    this.stores = stores;
    this.transactions = transactions;
    this.locks = locks;
    this.clock = clock;
    this.stop = stop;
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
    return choice.open(
        output.directory(),
        new TrackerChoice.Memory() {
          @Override
          public TicketJournal journal(String place) {
            return stored(place);
          }

          @Override
          public TicketOutbox outbox(String place) {
            return stored(place);
          }
        },
        clock);
  }

  ClosingLedger ledger(TicketTracker tracker) {
    return stored(tracker.place());
  }

  /**
   * Keeps other runs of the state from writing the same tickets, after waiting for one that does.
   *
   * @throws TareException TRANSIENT where it waited long enough
   */
  RunLock lock(TicketTracker tracker) {
    for (int attempt = 0; ; attempt++) {
      Optional<RunLock> lock = locks.tryTake(identity("tickets " + tracker.place()));
      if (lock.isPresent()) {
        return lock.get();
      }
      if (attempt == ATTEMPTS) {
        throw new TareException(
            FailureKind.TRANSIENT,
            "update tickets in " + tracker.place() + ": another run is updating them",
            "tare tickets brings them up to date afterwards.");
      }
      try {
        stop.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TareException(
            FailureKind.TRANSIENT,
            "wait for another run that updates tickets: interrupted",
            null,
            e);
      }
    }
  }

  private StoredTickets stored(String place) {
    return new StoredTickets(stores.jdbc(), transactions, identity(place));
  }

  /** Equal for the same text, and as long as the database takes. */
  private static String identity(String text) {
    return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
