package dev.tare.ticket.tracker.issue;

import dev.tare.ticket.tracker.file.TicketFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of an issue, taken apart.
 *
 * <pre>
 * what people read
 *
 * &lt;!-- tare:ticket 1 eJyrVkrL… --&gt;
 * &lt;!-- tare:notes … --&gt;
 * notes
 * </pre>
 *
 * Of several such pairs of hidden lines the last is ours: what images say stands above it. A
 * tracker that has a better place for them puts them there, and together again.
 *
 * @param text what people read, in Markdown
 * @param code one word, for programs
 * @param notes of people: everything below the second hidden line
 */
public record BodyParts(String text, String code, String notes) {
  private static final Pattern HIDDEN =
      Pattern.compile(
          "(?m)^<!-- tare:ticket 1 ([A-Za-z0-9+/=]+) -->[ \\t\\r]*\\n"
              + Pattern.quote(TicketFile.NOTES)
              + "[ \\t\\r]*$");

  /** Null where the hidden lines are missing. */
  public static @Nullable BodyParts of(String body) {
    Matcher hidden = HIDDEN.matcher(body);
    BodyParts parts = null;
    while (hidden.find()) {
      String text = body.substring(0, hidden.start());
      parts =
          new BodyParts(
              text.endsWith("\n") ? text.substring(0, text.length() - 1) : text,
              hidden.group(1),
              body.substring(hidden.end()));
    }
    return parts;
  }

  /** The whole. */
  public String body() {
    return text + "\n<!-- tare:ticket 1 " + code + " -->\n" + TicketFile.NOTES + notes;
  }
}
