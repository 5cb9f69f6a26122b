package dev.tare.ticket.text;

import dev.tare.finding.Outcome;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.Severity;
import dev.tare.finding.Waiver;
import dev.tare.finding.Workload;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketChange;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what people read of a ticket, as Markdown: first what to do, then what it rests on. */
final class TicketBody {
  private static final int MAX_ROWS = 20;
  private static final int NAME = 300;
  private static final int TEXT = 1_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RunInfo run;
  private final Map<String, RuleDoc> rules;
  private final ActionText actions;
  private final EvidenceText evidence;
  private final AnswerText answers;

  /**
   * @param rules by identifier
   */
  TicketBody(RunInfo run, Map<String, RuleDoc> rules) {
    this.run = run;
    this.rules = rules;
    this.actions = new ActionText(rules);
    this.evidence = new EvidenceText(rules);
    this.answers = new AnswerText(run);
  }

  Ticket ticket(TicketChange change, LineDetail detail) {
    TicketRecord ticket = change.after();
    Sections body = new Sections();
    if (ticket.state() == TicketState.OPEN) {
      body.add("", failing(ticket, detail));
      body.add(
          "What to do",
          actions.text(detail.actions(), ticket.images().size()) + InheritedText.ofLine(ticket));
      body.add("What inherits it", InheritedText.ofBase(ticket));
      body.add("Evidence", evidence(change, detail));
      body.add("Not covered by this run", carried(change));
      body.add("Images that fail", answers.images(ticket));
      body.add("Where they run", workloads(detail.workloads()));
      body.add("Waived", waived(detail));
      body.add("If it has to stay", answers.waiver(ticket));
      body.add("When this closes", closing(ticket, detail));
    } else {
      body.add("", complying(ticket));
      body.add("Waived", waived(detail));
    }
    return new Ticket(
        ticket,
        TicketTitle.of(ticket),
        body::text,
        labels(ticket),
        ChangeText.comment(change, run, this::title));
  }

  private static List<String> labels(TicketRecord ticket) {
    return ticket.state() == TicketState.OPEN
        ? List.of("tare", "severity-" + ticket.worst().word())
        : List.of("tare");
  }

  private String failing(TicketRecord ticket, LineDetail detail) {
    long rulesFailed = ticket.findings().stream().map(TicketFinding::rule).distinct().count();
    StringBuilder text = new StringBuilder();
    text.append(line(ticket.key()))
        .append(" fails ")
        .append(rulesFailed == 1 ? "1 rule: " : rulesFailed + " rules: ")
        .append(severities(ticket.findings()))
        .append(".");
    if (!detail.bases().isEmpty()) {
      text.append(" It is built on ").append(codes(detail.bases()));
      text.append(detail.baseUnknown() ? "; of some images the base is not known." : ".");
    } else if (detail.baseUnknown()) {
      text.append(" What it is built on is not known.");
    }
    String newest = detail.compliantNewest();
    if (newest != null) {
      text.append("\n\n**The newest tag, ")
          .append(MarkdownText.code(newest, NAME))
          .append(", complies.** What fails is older: ")
          .append(codes(ticket.images().stream().map(TicketImage::name).distinct().toList()))
          .append('.');
    }
    detail
        .labels()
        .forEach((label, value) ->
            text.append("\n- ")
                .append(MarkdownText.code(label, NAME))
                .append(": ")
                .append(MarkdownText.code(value, NAME)));
    return text.append('\n').toString();
  }

  private static String line(TicketKey key) {
    return MarkdownText.code(key.toString(), NAME);
  }

  private static String severities(List<TicketFinding> findings) {
    Map<Severity, Set<String>> counts = new TreeMap<>(Comparator.reverseOrder());
    findings.forEach(finding ->
        counts.computeIfAbsent(finding.severity(), none -> new HashSet<>()).add(finding.rule()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue().size() + " " + entry.getKey().word())
        .collect(Collectors.joining(", "));
  }

  private String complying(TicketRecord ticket) {
    return line(ticket.key())
        + " does not fail any more, as run "
        + MarkdownText.code(run.id(), NAME)
        + " found on "
        + time(ticket.updatedAt())
        + ". If it fails again, this ticket is opened again.\n";
  }

  private String evidence(TicketChange change, LineDetail detail) {
    List<String> lines = evidence.lines(change.after(), change.after().own(), detail);
    return lines.isEmpty() ? "" : MarkdownText.block("text", String.join("\n", lines));
  }

  private String carried(TicketChange change) {
    if (change.carried().isEmpty()) {
      return "";
    }
    List<String> items = new ArrayList<>();
    for (TicketFinding finding : change.carried()) {
      String names =
          finding.images().stream()
              .map(position -> change.after().images().get(position).name())
              .distinct()
              .map(name -> MarkdownText.code(name, NAME))
              .limit(MAX_ROWS)
              .collect(Collectors.joining(", "));
      items.add(heading(finding) + (names.isEmpty() ? "" : ", on " + names));
    }
    return "What earlier runs found remains until a run covers it again: "
        + MarkdownText.code(String.valueOf(change.carriedReason()), TEXT)
        + ".\n\n"
        + list(items);
  }

  /** As listed when the run looked: by namespace and owner. */
  private static String workloads(Set<Workload> workloads) {
    if (workloads.isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    workloads.stream()
        .limit(MAX_ROWS)
        .forEach(one ->
            lines.add(
                MarkdownText.line(
                    "%s %s %s, container %s%s"
                        .formatted(
                            one.namespace(),
                            one.kind(),
                            one.name(),
                            one.container(),
                            one.cluster().isEmpty() ? "" : ", cluster " + one.cluster()),
                    NAME)));
    if (workloads.size() > MAX_ROWS) {
      lines.add("and " + (workloads.size() - MAX_ROWS) + " more");
    }
    return MarkdownText.block("text", String.join("\n", lines));
  }

  private String waived(LineDetail detail) {
    List<String> items = new ArrayList<>();
    for (Outcome outcome : detail.waived().values()) {
      Waiver waiver = outcome.waiver();
      items.add(
          outcome.severity().word()
              + ": "
              + MarkdownText.code(outcome.rule(), NAME)
              + " "
              + title(outcome.rule())
              + (waiver == null
                  ? ""
                  : ", until "
                      + waiver.expires()
                      + " by "
                      + MarkdownText.code(waiver.owner(), NAME)
                      + (waiver.ticket() == null
                          ? ""
                          : ", " + MarkdownText.code(waiver.ticket(), NAME))
                      + ": "
                      + MarkdownText.words(waiver.reason(), TEXT)));
    }
    return list(items);
  }

  private String closing(TicketRecord ticket, LineDetail detail) {
    String closes =
        detail.compliantNewest() == null
            ? "By itself, when a scan finds nothing that fails in what these tags name then."
                + " Deleted tags count once the registry says that they are gone."
            : "By itself, when the tags that fail are deleted or moved to images that comply; a"
                + " newer tag alone does not close it.";
    return closes
        + " Opened on "
        + time(ticket.openedAt())
        + "; this is as of run "
        + MarkdownText.code(run.id(), NAME)
        + ".\n";
  }

  private String heading(TicketFinding finding) {
    return finding.severity().word()
        + ": "
        + MarkdownText.code(finding.rule(), NAME)
        + " "
        + title(finding.rule());
  }

  private String title(String rule) {
    RuleDoc doc = rules.get(rule);
    return doc == null ? "(no longer judged)" : MarkdownText.words(doc.title(), NAME);
  }

  private static String list(List<String> items) {
    StringBuilder text = new StringBuilder();
    items.stream().limit(MAX_ROWS).forEach(item -> text.append("- ").append(item).append('\n'));
    if (items.size() > MAX_ROWS) {
      text.append("- and ").append(items.size() - MAX_ROWS).append(" more\n");
    }
    return text.toString();
  }

  private static String codes(Collection<String> names) {
    int more = names.size() - MAX_ROWS;
    return names.stream()
            .limit(MAX_ROWS)
            .map(name -> MarkdownText.code(name, NAME))
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
