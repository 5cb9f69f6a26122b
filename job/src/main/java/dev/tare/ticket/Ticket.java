package dev.tare.ticket;

import dev.tare.ticket.text.TicketBody;

/**
 * A ticket as a tracker writes it.
 *
 * @param title one line, plain text, not escaped
 * @param body Markdown, at most {@value TicketBody#MAX_CHARS} characters, without the title
 */
public record Ticket(TicketRecord data, String title, String body) {}
