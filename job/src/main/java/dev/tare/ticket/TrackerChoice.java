package dev.tare.ticket;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;

/** A tracker that was chosen, and can be opened for a state. Equal only to itself. */
@FunctionalInterface
public interface TrackerChoice {
  /**
   * Opens it; nothing is read yet.
   *
   * @param directory of the reports, beside which files are kept
   * @param journals the journal of a {@linkplain TicketTracker#place place}
   */
  TicketTracker open(Path directory, Function<String, TicketJournal> journals, InstantSource clock);
}
