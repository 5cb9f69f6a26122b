package dev.tare.ticket.tracker.issue;

import dev.tare.ticket.Sha256;
import dev.tare.ticket.TicketAction;
import dev.tare.ticket.text.MarkdownText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The issue that lists what is held back by the limits of new tickets, one line each, with a box.
 * Whoever ticks one has its ticket opened next.
 */
final class Overview {
  /** Its label, beside that of every ticket. */
  static final String LABEL = "tare-overview";

  private static final int LINES = 100;
  private static final int TITLE = 200;
  private static final Pattern TICKED =
      Pattern.compile("(?m)^ {0,3}[-*] \\[[xX]] .*`tare-([0-9a-f]{16})`\\s*$");
  private static final Pattern MARK = Pattern.compile("tare-([0-9a-f]{16})");

  private Overview() {}

  static boolean isOne(Issue issue) {
    return issue.labels().contains(LABEL);
  }

  /** What people ask for: by a box, or by the label of a line on the issue itself. */
  static Set<String> wanted(Issue issue) {
    Set<String> marks = new HashSet<>();
    TICKED.matcher(issue.body()).results().forEach(box -> marks.add(box.group(1)));
    for (String label : issue.labels()) {
      Matcher mark = MARK.matcher(label);
      if (mark.matches()) {
        marks.add(mark.group(1));
      }
    }
    return marks;
  }

  /** Labels by which people asked for what is not held back any more. */
  static List<String> answered(Issue issue, List<TicketAction> held) {
    Set<String> still = new HashSet<>();
    held.forEach(one -> still.add("tare-" + one.key().mark()));
    return issue.labels().stream()
        .filter(label -> MARK.matcher(label).matches() && !still.contains(label))
        .sorted()
        .toList();
  }

  /** Whether nobody was told of anything when it was written last. */
  static boolean isEmpty(Issue issue) {
    return saysSame(issue, List.of());
  }

  /** Whether it says of these that they are held back, whatever people have ticked. */
  static boolean saysSame(Issue issue, List<TicketAction> held) {
    BodyParts parts = BodyParts.of(issue.body());
    return parts != null && parts.code().equals(code(held));
  }

  private static String code(List<TicketAction> held) {
    StringBuilder all = new StringBuilder("overview\n");
    held.forEach(one -> all.append(one.key().mark()).append(' ').append(one.title()).append('\n'));
    byte[] digest = Sha256.of(all.toString()).substring(0, 32).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(digest);
  }

  static String title(List<TicketAction> held) {
    return switch (held.size()) {
      case 0 -> "Tare: no ticket is held back";
      case 1 -> "Tare: 1 ticket is held back";
      default -> "Tare: " + held.size() + " tickets are held back";
    };
  }

  /**
   * Its body.
   *
   * @param held worst first
   * @param wanted marks whose boxes are ticked
   * @param notes of people, below the last line
   */
  static String body(List<TicketAction> held, Set<String> wanted, String notes) {
    StringBuilder text = new StringBuilder();
    if (held.isEmpty()) {
      text.append("Every line of tags that fails has its ticket.\n");
    } else {
      text.append("So many tickets are opened by one run, and in one hour, and no more. The next")
          .append(" runs open these, the worst first.\n\n")
          .append("Tick one to have it opened before the others. Where there are no boxes to tick,")
          .append(" give this issue its label.\n\n");
      held.stream()
          .limit(LINES)
          .forEach(one ->
              text.append(wanted.contains(one.key().mark()) ? "- [x] " : "- [ ] ")
                  .append(MarkdownText.words(one.title(), TITLE))
                  .append(", `tare-")
                  .append(one.key().mark())
                  .append("`\n"));
      if (held.size() > LINES) {
        text.append("\nand ").append(held.size() - LINES).append(" more.\n");
      }
    }
    return new BodyParts(text.toString(), code(held), notes).body();
  }
}
