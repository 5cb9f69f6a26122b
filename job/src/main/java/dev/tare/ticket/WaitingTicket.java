package dev.tare.ticket;

/** An open ticket that would close, and waits because enough have closed for such a cause. */
public record WaitingTicket(TicketKey key, String location, ClosingCause cause) {}
