package dev.tare.ticket.text;

import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketRecord;

/** The title of a ticket. */
public final class TicketTitle {
  private static final int MAX_CHARS = 200;

  private TicketTitle() {}

  /** {@code localhost:5000/team/app:v* fails 3 rules, worst high}; one line of plain text. */
  public static String of(TicketRecord ticket) {
    String key = MarkdownText.line(ticket.key().toString(), MAX_CHARS);
    int rules = (int) ticket.findings().stream().map(TicketFinding::rule).distinct().count();
    return switch (ticket.state()) {
      case OPEN ->
          key
              + " fails "
              + rules
              + (rules == 1 ? " rule" : " rules")
              + ", worst "
              + ticket.worst().word();
      case CLOSED -> key + " no longer fails";
    };
  }
}
