package dev.tare.ticket.text;

import dev.tare.finding.Severity;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketRecord;
import java.util.List;

/** The title of a ticket. */
public final class TicketTitle {
  private static final int MAX_CHARS = 200;

  private TicketTitle() {}

  /** {@code team/app: 14 rules to fix (1 critical)}; one line of plain text. */
  public static String of(TicketRecord ticket) {
    String name = MarkdownText.line(name(ticket.key()), MAX_CHARS);
    return switch (ticket.state()) {
      case OPEN ->
          name
              + ": "
              + (ticket.own().isEmpty()
                  ? rules(ticket.findings()) + " to end by a fixed base"
                  : toFix(ticket.own()));
      case CLOSED -> name + ": nothing to fix any more";
    };
  }

  /**
   * Without the registry, which everybody has on their mind, and without the line of tags where
   * that is any version.
   */
  private static String name(TicketKey key) {
    if (!key.line().tagged()) {
      return key.repository() + "@" + key.line().text();
    }
    return key.line().text().equals("*")
        ? key.repository()
        : key.repository() + ":" + key.line().text();
  }

  private static String toFix(List<TicketFinding> findings) {
    String rules = rules(findings);
    Severity worst =
        findings.stream()
            .map(TicketFinding::severity)
            .max(Severity::compareTo)
            .orElse(Severity.NOTE);
    long worstRules = count(findings.stream().filter(one -> one.severity() == worst).toList());
    return rules
        + " to fix ("
        + (count(findings) == 1 ? "" : worstRules + " ")
        + worst.word()
        + ")";
  }

  private static String rules(List<TicketFinding> findings) {
    long rules = count(findings);
    return rules == 1 ? "1 rule" : rules + " rules";
  }

  private static long count(List<TicketFinding> findings) {
    return findings.stream().map(TicketFinding::rule).distinct().count();
  }
}
