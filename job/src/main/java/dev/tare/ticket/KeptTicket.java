package dev.tare.ticket;

/**
 * An open ticket that this run leaves as it is because it could not, or was not asked to, look at
 * what it names.
 *
 * @param reason one sentence
 */
public record KeptTicket(TicketKey key, String location, String reason) {}
