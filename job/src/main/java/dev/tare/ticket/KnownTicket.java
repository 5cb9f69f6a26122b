package dev.tare.ticket;

/**
 * A ticket that a tracker holds.
 *
 * @param location where it is, in the tracker's words: a path, a number, an address
 */
public record KnownTicket(TicketRecord data, String location) {}
