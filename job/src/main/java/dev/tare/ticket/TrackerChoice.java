package dev.tare.ticket;

import java.nio.file.Path;
import java.time.InstantSource;

/** A tracker that was chosen, and can be opened for a state. Equal only to itself. */
@FunctionalInterface
public interface TrackerChoice {
  /** What a state remembers of trackers, by their {@linkplain TicketTracker#place place}. */
  interface Memory {
    /** Of one that can be asked. */
    TicketJournal journal(String place);

    /** Of one that cannot. */
    TicketOutbox outbox(String place);
  }

  /**
   * Opens it; nothing is read yet.
   *
   * @param directory of the reports, beside which files are kept
   */
  TicketTracker open(Path directory, Memory memory, InstantSource clock);
}
