package dev.tare.ticket;

/**
 * Something in the tracker that looks like one of our tickets and cannot be understood. It is left
 * as it is.
 *
 * @param location where it is, in the tracker's words
 * @param reason what is wrong with it
 */
public record UnreadableTicket(String location, String reason) {}
