package dev.tare.ticket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as a tracker writes it.
 *
 * @param title one line, plain text, not escaped
 * @param body Markdown without the title
 * @param labels {@code tare}, {@code severity-high}
 * @param comment Markdown: what the run changed in a ticket that was there; null for a new one
 */
public record Ticket(
    TicketRecord data, String title, Body body, List<String> labels, @Nullable String comment) {
  /** A text of which as much is shown as fits. */
  @FunctionalInterface
  public interface Body {
    /** In up to so many characters, which are at least a thousand. */
    String text(int limit);
  }

  /** Copies the labels. */
  public Ticket {
    labels = List.copyOf(labels);
  }
}
