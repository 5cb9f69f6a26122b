package dev.tare.ticket.tracker.issue;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.Sha256;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.tracker.file.TicketFrontMatter;

/**
 * What {@linkplain BodyParts the body of an issue} holds: a {@link TicketRecord}, and notes of
 * people, which are kept.
 *
 * @param record as it was written last
 */
record IssueBody(TicketRecord record, String notes) {
  /** Less of a ticket is none. */
  private static final int LEAST_CHARS = 1_000;

  /**
   * The body for a ticket.
   *
   * @param text what people read, of which as much is shown as fits
   * @param notes of people, which are kept whole
   * @param limit characters that fit
   * @throws TareException LIMIT where the rest leaves no room for it
   */
  static String write(Ticket.Body text, TicketRecord record, String notes, int limit) {
    BodyParts hidden = new BodyParts("", RecordCode.encode(record), notes);
    int length = hidden.body().length();
    int room = limit - length;
    if (room < LEAST_CHARS) {
      throw new TareException(
          FailureKind.LIMIT,
          "no room for the ticket's text: notes below it have "
              + notes.length()
              + " characters, the hidden lines "
              + (length - notes.length())
              + ", of "
              + limit,
          "Move notes to a comment.");
    }
    return new BodyParts(text.text(room), hidden.code(), notes).body();
  }

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static IssueBody read(String body) {
    BodyParts parts = BodyParts.of(body);
    if (parts == null) {
      throw new IllegalArgumentException("Tare's hidden lines are missing from its text");
    }
    return new IssueBody(RecordCode.decode(parts.code()), parts.notes());
  }

  /** The digest of what a ticket holds, whoever packs it. */
  static String digest(TicketRecord record) {
    return Sha256.of(TicketFrontMatter.write(record)).substring(0, 32);
  }
}
