package dev.tare.ticket;

import java.util.List;

/** What a tracker holds, open and closed. */
public record KnownTickets(List<KnownTicket> tickets, List<UnreadableTicket> unreadable) {
  /** Copies the lists. */
  public KnownTickets {
    tickets = List.copyOf(tickets);
    unreadable = List.copyOf(unreadable);
  }
}
