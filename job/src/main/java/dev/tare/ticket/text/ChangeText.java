package dev.tare.ticket.text;

import dev.tare.finding.RunInfo;
import dev.tare.finding.Severity;
import dev.tare.ticket.TicketAction;
import dev.tare.ticket.TicketChange;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a run changed in a ticket. */
public final class ChangeText {
  private static final int MAX_LINES = 30;

  private ChangeText() {}

  /** One sentence without a name in it, for tables and logs. */
  public static String sentence(TicketChange change) {
    return switch (change.kind()) {
      case CREATE -> count(change.after().findings().size(), "finding", "findings");
      case REOPEN ->
          "fails again: " + count(change.after().findings().size(), "finding", "findings");
      case CLOSE -> closing(change);
      case UPDATE -> update(change);
    };
  }

  private static String closing(TicketChange change) {
    if (change.images() == 0) {
      return "no image of this line is left";
    }
    long waived =
        change.gone().stream()
            .filter(finding -> change.waived().contains(finding.fingerprint()))
            .count();
    long fixed = change.gone().size() - waived;
    String rest =
        change.judgedOtherwise()
            ? fixed + " no longer found, by other rules or settings than before"
            : fixed + " fixed";
    if (waived == 0) {
      return rest;
    }
    return fixed == 0 ? waived + " waived" : rest + ", " + waived + " waived";
  }

  private static String update(TicketChange change) {
    List<String> parts = new ArrayList<>();
    if (!change.added().isEmpty()) {
      parts.add(change.added().size() + " new");
    }
    if (!change.gone().isEmpty()) {
      parts.add(closing(change));
    }
    int moved = severities(change, any -> "").size();
    if (moved > 0) {
      parts.add(count(moved, "severity", "severities") + " changed");
    }
    if (!images(change.after())
        .equals(change.before() == null ? Set.of() : images(change.before().data()))) {
      parts.add("other images");
    }
    return parts.isEmpty() ? "other details" : String.join(", ", parts);
  }

  /**
   * What a run changed in a ticket that was there, as Markdown; null for a new one, and where it
   * says the same of other builds or in other words.
   *
   * @param titles the title of a rule, as Markdown
   */
  static @Nullable String comment(
      TicketChange change, RunInfo run, Function<String, String> titles) {
    if (change.kind() == TicketAction.Kind.CREATE) {
      return null;
    }
    List<String> lines = lines(change, titles);
    if (lines.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder("Since the last run, as ");
    text.append(MarkdownText.code(run.id(), 100)).append(" found:\n\n");
    lines.forEach(line -> text.append("- ").append(line).append('\n'));
    return text.toString();
  }

  private static List<String> lines(TicketChange change, Function<String, String> titles) {
    List<String> lines = new ArrayList<>();
    switch (change.kind()) {
      case CREATE -> {}
      case REOPEN -> lines.add("It was closed, and fails again.");
      case CLOSE -> lines.add("Closed: " + closing(change) + ".");
      case UPDATE -> {}
    }
    if (change.kind() == TicketAction.Kind.UPDATE || change.kind() == TicketAction.Kind.CLOSE) {
      change.added().forEach(finding -> lines.add("New: " + named(finding, titles)));
      change
          .gone()
          .forEach(finding ->
              lines.add(
                  (change.images() == 0
                          ? "Gone: "
                          : change.waived().contains(finding.fingerprint())
                              ? "Waived: "
                              : change.judgedOtherwise() ? "No longer found: " : "Fixed: ")
                      + named(finding, titles)));
      lines.addAll(severities(change, titles));
      lines.addAll(owners(change, titles));
    }
    if (lines.size() > MAX_LINES) {
      int more = lines.size() - MAX_LINES;
      return Stream.concat(lines.subList(0, MAX_LINES).stream(), Stream.of("and " + more + " more"))
          .toList();
    }
    return lines;
  }

  private static List<String> severities(TicketChange change, Function<String, String> titles) {
    Map<String, Severity> before = new HashMap<>();
    change
        .findingsBefore()
        .forEach(finding -> before.put(finding.fingerprint(), finding.severity()));
    List<String> lines = new ArrayList<>();
    for (TicketFinding finding : change.after().findings()) {
      Severity was = before.get(finding.fingerprint());
      if (was != null && was != finding.severity()) {
        lines.add(
            "Severity: "
                + named(finding, titles)
                + ", "
                + was.word()
                + " before, now "
                + finding.severity().word());
      }
    }
    return lines;
  }

  /** What a base answers for now, or does no more. */
  private static List<String> owners(TicketChange change, Function<String, String> titles) {
    Map<String, TicketFinding> before = new HashMap<>();
    change.findingsBefore().forEach(finding -> before.put(finding.fingerprint(), finding));
    List<String> lines = new ArrayList<>();
    for (TicketFinding finding : change.after().findings()) {
      TicketFinding was = before.get(finding.fingerprint());
      if (was != null && was.inherited() != finding.inherited()) {
        lines.add(
            (finding.inherited()
                    ? "In the ticket of the base now: "
                    : "No ticket of a base has it now: ")
                + named(finding, titles));
      }
    }
    return lines;
  }

  private static String named(TicketFinding finding, Function<String, String> titles) {
    return MarkdownText.code(finding.rule(), 60) + " " + titles.apply(finding.rule());
  }

  private static Set<TicketImage> images(TicketRecord ticket) {
    return new HashSet<>(ticket.images());
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
