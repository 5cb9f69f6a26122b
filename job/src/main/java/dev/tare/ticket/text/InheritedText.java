package dev.tare.ticket.text;

import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what passes from a base with a ticket of its own to the images built on it. */
final class InheritedText {
  private static final int NAME = 300;
  private static final int MAX_RULES = 10;
  private static final int MAX_LINES = 30;

  private InheritedText() {}

  /** In the ticket of a line: a paragraph for each base that brings something. */
  static String ofLine(TicketRecord ticket) {
    Map<List<TicketKey>, List<TicketFinding>> bases =
        new TreeMap<>(Comparator.comparing(List<TicketKey>::toString));
    for (TicketFinding finding : ticket.findings()) {
      if (finding.inherited()) {
        bases.computeIfAbsent(finding.bases(), none -> new ArrayList<>()).add(finding);
      }
    }
    StringBuilder text = new StringBuilder();
    bases.forEach((names, findings) -> {
      List<String> rules = findings.stream().map(TicketFinding::rule).distinct().toList();
      String those =
          names.stream()
              .map(name -> MarkdownText.code(name.toString(), NAME))
              .collect(Collectors.joining(" and "));
      text.append("\n### In ")
          .append(those)
          .append(
              names.size() == 1 ? ", which has a ticket of its own" : ", with tickets of their own")
          .append("\n\n")
          .append(rules.size() == 1 ? "1 rule fails" : rules.size() + " rules fail")
          .append(" by what it brings: ")
          .append(codes(rules))
          .append(
              ". Once it is fixed, build again on it; until then there is nothing to do here.\n");
    });
    return text.toString();
  }

  /** In the ticket of a base: the lines that inherit something; empty where none does. */
  static String ofBase(TicketRecord ticket) {
    List<TicketKey> lines = ticket.inheritedBy();
    if (lines.isEmpty()) {
      return "";
    }
    List<String> names = new ArrayList<>();
    lines.stream().limit(MAX_LINES).forEach(line -> names.add(line.toString()));
    if (lines.size() > MAX_LINES) {
      names.add("and " + (lines.size() - MAX_LINES) + " more");
    }
    return "These are built on it and fail by what it brings, which their own tickets leave to this"
        + " one. It ends there when they are built again on an image without it.\n\n"
        + MarkdownText.block("text", String.join("\n", names));
  }

  private static String codes(List<String> rules) {
    int more = rules.size() - MAX_RULES;
    return rules.stream()
            .limit(MAX_RULES)
            .map(rule -> MarkdownText.code(rule, NAME))
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
