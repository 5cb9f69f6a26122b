package dev.tare.ticket.tracker.file;

import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.text.MarkdownText;

/**
 * The text of a ticket in a file.
 *
 * <pre>
 * ---
 * front matter
 * ---
 *
 * # title
 *
 * body
 *
 * ## What changed
 *
 * comment
 * &lt;!-- tare:notes … --&gt;
 * notes
 * </pre>
 *
 * @param notes everything below the line {@link #NOTES}, as people left it
 */
public record TicketFile(TicketRecord data, String notes) {
  /** The line that ends Tare's part. */
  public static final String NOTES =
      "<!-- tare:notes. Tare replaces what is above this line and keeps what is below. -->";

  /** What stands below the line of a new ticket. */
  public static final String NO_NOTES = "\n";

  private static final String RULER = "---";
  private static final int MAX_TITLE = 250;
  private static final int MAX_BODY = 1 << 18;

  /** The whole file. */
  public static String text(Ticket ticket, String notes) {
    return RULER
        + "\n"
        + TicketFrontMatter.write(ticket.data())
        + RULER
        + "\n\n# "
        + MarkdownText.words(ticket.title(), MAX_TITLE)
        + "\n\n"
        + ticket.body().text(MAX_BODY)
        + (ticket.comment() == null ? "" : "\n## What changed\n\n" + ticket.comment())
        + "\n"
        + NOTES
        + "\n"
        + notes;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming what is wrong, where it is not a whole ticket
   */
  public static TicketFile parse(String text) {
    int start = endOfLine(text, 0);
    if (!line(text, 0, start).equals(RULER)) {
      throw new IllegalArgumentException("has no front matter: expected " + RULER + " first");
    }
    int end = find(text, RULER, start);
    if (end < 0) {
      throw new IllegalArgumentException("front matter has no end: expected a line " + RULER);
    }
    int notes = find(text, NOTES, end);
    if (notes < 0) {
      throw new IllegalArgumentException(
          "the line that parts Tare's text from notes is missing: expected " + NOTES);
    }
    return new TicketFile(
        TicketFrontMatter.read(text.substring(start, end)), text.substring(endOfLine(text, notes)));
  }

  /** Where the first line that reads like this begins, at or after a position; -1 for none. */
  private static int find(String text, String wanted, int from) {
    int at = from;
    while (at < text.length()) {
      int next = endOfLine(text, at);
      if (line(text, at, next).equals(wanted)) {
        return at;
      }
      at = next;
    }
    return -1;
  }

  private static int endOfLine(String text, int from) {
    int feed = text.indexOf('\n', from);
    return feed < 0 ? text.length() : feed + 1;
  }

  /** Without its end, whichever an editor made of it. */
  private static String line(String text, int from, int to) {
    return text.substring(from, to).stripTrailing();
  }
}
