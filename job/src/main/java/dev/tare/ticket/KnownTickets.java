package dev.tare.ticket;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tracker holds, open and closed.
 *
 * @param held why the tracker can take no new ticket for a key now, by its {@linkplain
 *     TicketKey#mark mark}: one sentence
 * @param wanted marks of lines whose tickets people ask for before others that are held back
 */
public record KnownTickets(
    List<KnownTicket> tickets,
    List<UnreadableTicket> unreadable,
    Map<String, String> held,
    Set<String> wanted) {
  /** Copies the collections. */
  public KnownTickets {
    tickets = List.copyOf(tickets);
    unreadable = List.copyOf(unreadable);
    held = Map.copyOf(held);
    wanted = Set.copyOf(wanted);
  }

  /** Of a tracker that can take a ticket for any other key. */
  public KnownTickets(List<KnownTicket> tickets, List<UnreadableTicket> unreadable) {
    this(tickets, unreadable, Map.of(), Set.of());
  }
}
