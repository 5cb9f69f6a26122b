package dev.tare.ticket;

import org.jspecify.annotations.Nullable;

/**
 * A ticket that this run leaves as it is: it could not, or was not asked to, look at what the
 * ticket names, or people decided otherwise.
 *
 * @param location null where it is not known
 * @param reason one sentence
 */
public record KeptTicket(TicketKey key, @Nullable String location, String reason) {}
