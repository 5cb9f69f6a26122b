package dev.tare.finding;

import java.util.List;

/**
 * The tickets beside a report.
 *
 * @param planned whether the changes are a plan only, of which nothing was written
 * @param tickets open ones first, the worst of them first
 */
public record ReportedTickets(boolean planned, List<ReportedTicket> tickets) {
  /** Copies the tickets. */
  public ReportedTickets {
    tickets = List.copyOf(tickets);
  }
}
