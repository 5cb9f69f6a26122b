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
      case OPEN -> name + ": " + toFix(ticket.findings());
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
    int rules = rules(findings);
    Severity worst =
        findings.stream().map(TicketFinding::severity).max(Severity::compareTo).orElse(Severity.NOTE);
    int worstRules =
        rules(findings.stream().filter(finding -> finding.severity() == worst).toList());
    return rules == 1
        ? "1 rule to fix (" + worst.word() + ")"
        : rules + " rules to fix (" + worstRules + " " + worst.word() + ")";
  }

  private static int rules(List<TicketFinding> findings) {
    return (int) findings.stream().map(TicketFinding::rule).distinct().count();
  }
}
