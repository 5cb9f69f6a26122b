package dev.tare.ticket;

import dev.tare.ticket.tracker.file.FileTracker;
import java.nio.file.Path;

/** The places that tickets can be kept in. Each is a folder below {@code tracker}. */
public final class Trackers {
  private Trackers() {}

  /** Markdown files in this directory, which is created with the first ticket. */
  public static TicketTracker inDirectory(Path directory) {
    return new FileTracker(directory);
  }
}
