package dev.tare.ticket.tracker.issue;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issue as a tracker shows it.
 *
 * @param number in its project
 * @param closedAt null while it is open, or where the tracker does not say
 * @param labels by name
 */
public record Issue(
    long number, String body, boolean open, @Nullable Instant closedAt, Set<String> labels) {
  /** Copies the labels. */
  public Issue {
    labels = Set.copyOf(labels);
  }
}
