package dev.tare.ticket.tracker.issue;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.Sha256;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.tracker.file.TicketFile;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an issue.
 *
 * <pre>
 * what people read
 *
 * &lt;!-- tare:ticket 1 eJyrVkrL… --&gt;
 * &lt;!-- tare:notes … --&gt;
 * notes
 * </pre>
 *
 * The first hidden line holds the {@link TicketRecord}; what stands below the second is of people,
 * and is kept. Of several such pairs of lines the last is ours: what images say stands above it.
 *
 * @param record as it was written last
 * @param notes everything below the second line
 */
record IssueBody(TicketRecord record, String notes) {
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?m)^<!-- tare:ticket 1 ([A-Za-z0-9+/=]+) -->[ \\t\\r]*\\n"
              + Pattern.quote(TicketFile.NOTES)
              + "[ \\t\\r]*$");

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
    String hidden =
        "\n<!-- tare:ticket 1 " + RecordCode.encode(record) + " -->\n" + TicketFile.NOTES + notes;
    int room = limit - hidden.length();
    if (room < LEAST_CHARS) {
      throw new TareException(
          FailureKind.LIMIT,
          "no room for the ticket's text: notes below it have "
              + notes.length()
              + " characters, the hidden lines "
              + (hidden.length() - notes.length())
              + ", of "
              + limit,
          "Move notes to a comment.");
    }
    return text.text(room) + hidden;
  }

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static IssueBody read(String body) {
    Matcher hidden = HIDDEN.matcher(body);
    String code = null;
    int end = 0;
    while (hidden.find()) {
      code = hidden.group(1);
      end = hidden.end();
    }
    if (code == null) {
      throw new IllegalArgumentException("Tare's hidden lines are missing from its text");
    }
    return new IssueBody(RecordCode.decode(code), body.substring(end));
  }

  /** The digest of what a ticket holds, whoever packs it. */
  static String digest(TicketRecord record) {
    return Sha256.of(TicketFrontMatter.write(record)).substring(0, 32);
  }
}
