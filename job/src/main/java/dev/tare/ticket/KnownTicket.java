package dev.tare.ticket;

/**
 * A ticket that a tracker holds.
 *
 * @param data what Tare wrote last, with the state that the tracker says
 * @param location where it is, in the tracker's words: a path, an address
 * @param hand what people did to it since
 */
public record KnownTicket(TicketRecord data, String location, Hand hand) {
  /** What people did to the state of a ticket. */
  public enum Hand {
    /** It is as Tare left it. */
    NONE,
    /** Tare left it open, and it is closed. */
    CLOSED,
    /** Tare left it closed, and it is open. */
    REOPENED
  }

  /** One that is as Tare left it. */
  public KnownTicket(TicketRecord data, String location) {
    this(data, location, Hand.NONE);
  }
}
