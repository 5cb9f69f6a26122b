package dev.tare.ticket;

import java.util.List;
import java.util.Map;

/**
 * What a tracker holds, open and closed.
 *
 * @param held why the tracker can take no new ticket for a key now, by its {@linkplain
 *     TicketKey#mark mark}: one sentence
 */
public record KnownTickets(
    List<KnownTicket> tickets, List<UnreadableTicket> unreadable, Map<String, String> held) {
  /** Copies the collections. */
  public KnownTickets {
    tickets = List.copyOf(tickets);
    unreadable = List.copyOf(unreadable);
    held = Map.copyOf(held);
  }

  /** Of a tracker that can take a ticket for any other key. */
  public KnownTickets(List<KnownTicket> tickets, List<UnreadableTicket> unreadable) {
    this(tickets, unreadable, Map.of());
  }
}
