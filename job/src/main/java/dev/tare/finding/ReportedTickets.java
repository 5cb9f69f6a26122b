package dev.tare.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tickets beside a report.
 *
 * @param planned whether the changes are a plan only, of which nothing was written
 * @param tickets open ones first, the worst of them first
 * @param unreadable what looks like a ticket and could not be understood: it was left as it is
 * @param failure why nothing is known of any ticket; null where they could be read
 */
public record ReportedTickets(
    boolean planned,
    List<ReportedTicket> tickets,
    List<Unreadable> unreadable,
    @Nullable String failure) {
  /**
   * Something that is no readable ticket.
   *
   * @param location as of {@link ReportedTicket#location()}
   * @param reason what is wrong with it
   */
  public record Unreadable(String location, String reason) {}

  /** Copies the lists. */
  public ReportedTickets {
    tickets = List.copyOf(tickets);
    unreadable = List.copyOf(unreadable);
  }

  /** Nothing is known of them, because of this. */
  public static ReportedTickets failed(boolean planned, String reason) {
    return new ReportedTickets(planned, List.of(), List.of(), reason);
  }

  /** Whether there is nothing to tell. */
  public boolean isEmpty() {
    return tickets.isEmpty() && unreadable.isEmpty() && failure == null;
  }
}
