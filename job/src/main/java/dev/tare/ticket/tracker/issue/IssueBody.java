package dev.tare.ticket.tracker.issue;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.Sha256;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.tracker.file.TicketFile;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  private static final String CUT =
      "\n\nThis ticket is cut here; the report of the run holds the rest.\n";

  /** Less of a ticket is none. */
  private static final int LEAST_CHARS = 1_000;

  /**
   * The body for a ticket.
   *
   * @param text what people read, which is cut where it does not fit
   * @param notes of people, which are kept whole
   * @param limit characters that fit
   * @throws TareException LIMIT where the notes leave no room
   */
  static String write(String text, TicketRecord record, String notes, int limit) {
    String hidden =
        "\n<!-- tare:ticket 1 " + RecordCode.encode(record) + " -->\n" + TicketFile.NOTES + notes;
    int room = limit - hidden.length();
    if (room < LEAST_CHARS) {
      throw new TareException(
          FailureKind.LIMIT,
          "notes below Tare's text leave no room for it: "
              + notes.length()
              + " of "
              + limit
              + " characters",
          "Move them to a comment.");
    }
    return cut(text, room) + hidden;
  }

  /** At the end of a line; a code block that was open is closed. */
  static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Math.max(0, text.lastIndexOf('\n', limit - CUT.length() - 100));
    String kept = text.substring(0, end);
    String fence = openFence(kept);
    return kept + (fence == null ? "" : "\n" + fence) + CUT;
  }

  private static @Nullable String openFence(String text) {
    String open = null;
    for (String line : text.lines().toList()) {
      String fence = line.strip().replaceFirst("[^`].*$", "");
      if (open == null) {
        open = fence.length() >= 3 ? fence : null;
      } else if (fence.length() >= open.length() && line.strip().equals(fence)) {
        open = null;
      }
    }
    return open;
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
