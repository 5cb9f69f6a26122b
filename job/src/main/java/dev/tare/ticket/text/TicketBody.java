package dev.tare.ticket.text;

import dev.tare.facts.Layer;
import dev.tare.finding.Outcome;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.Waiver;
import dev.tare.finding.Workload;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketChange;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import dev.tare.ticket.text.LineDetail.Seen;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes what people read of a ticket, as GitHub Flavored Markdown. */
public final class TicketBody {
  /** Longest body; GitHub takes 65,536 characters. */
  static final int MAX_CHARS = 60_000;

  /** Where findings stop being told at length, so that everything after them has room. */
  private static final int FULL_FINDINGS_CHARS = 30_000;

  private static final int SHORT_FINDINGS_CHARS = 40_000;
  private static final int MAX_ROWS = 30;
  private static final int MAX_LAYERS = 8;
  private static final int NAME = 200;
  private static final int TEXT = 1_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RunInfo run;
  private final Map<String, RuleDoc> rules;

  TicketBody(RunInfo run, Map<String, RuleDoc> rules) {
    this.run = run;
    this.rules = rules;
  }

  Ticket ticket(TicketChange change, LineDetail detail) {
    StringBuilder text = new StringBuilder(4_096);
    head(text, change, detail);
    changes(text, change);
    if (change.after().state() == TicketState.OPEN) {
      findings(text, change, detail);
      carried(text, change);
      images(text, change.after());
      workloads(text, detail.workloads());
    }
    waived(text, detail);
    if (text.length() > MAX_CHARS) {
      text.setLength(text.lastIndexOf("\n", MAX_CHARS - 100));
      text.append("\n\nThis ticket is cut here; the report of the run holds the rest.\n");
    }
    return new Ticket(change.after(), TicketTitle.of(change.after()), text.toString());
  }

  private void head(StringBuilder text, TicketChange change, LineDetail detail) {
    TicketRecord ticket = change.after();
    TicketKey key = ticket.key();
    text.append("| | |\n|---|---|\n");
    row(text, "Repository", MarkdownText.cell(key.name(), NAME));
    row(
        text,
        "Tags",
        key.line().tagged()
            ? MarkdownText.cell(key.line().text(), NAME)
                + (key.line().text().contains("*") ? ", the star is what differs by build" : "")
            : "none: images that only their digest names");
    row(text, "State", ticket.state().word());
    if (ticket.state() == TicketState.OPEN) {
      row(text, "Worst severity", ticket.worst().word());
    }
    row(text, "Opened", time(ticket.openedAt()));
    row(
        text,
        ticket.closedAt() == null ? "Last change" : "Closed",
        time(ticket.updatedAt()) + ", run " + MarkdownText.cell(run.id(), NAME));
    if (!detail.bases().isEmpty()) {
      List<String> bases =
          detail.bases().stream().map(base -> MarkdownText.cell(base, NAME)).toList();
      row(text, "Built on", String.join(", ", bases));
    }
    detail
        .labels()
        .forEach((label, value) ->
            row(text, MarkdownText.cell(label, NAME), MarkdownText.cell(value, NAME)));
  }

  private void changes(StringBuilder text, TicketChange change) {
    text.append("\n## What changed since the last run\n\n");
    ChangeText.lines(change, this::title)
        .forEach(line -> text.append("- ").append(line).append('\n'));
  }

  private void findings(StringBuilder text, TicketChange change, LineDetail detail) {
    text.append("\n## What fails\n");
    int omitted = 0;
    boolean shortened = false;
    for (TicketFinding finding : change.after().findings()) {
      Seen seen = detail.failed().get(finding.fingerprint());
      if (seen == null) {
        continue; // carried from an earlier run: told below
      }
      if (text.length() < FULL_FINDINGS_CHARS) {
        finding(text, change.after(), finding, seen);
      } else if (text.length() < SHORT_FINDINGS_CHARS) {
        text.append(shortened ? "" : "\nAnd, in short:\n\n");
        shortened = true;
        text.append("- ").append(heading(finding)).append('\n');
      } else {
        omitted++;
      }
    }
    if (omitted > 0) {
      text.append("- and ").append(omitted).append(" more, in the report of the run\n");
    }
  }

  private void finding(StringBuilder text, TicketRecord ticket, TicketFinding finding, Seen seen) {
    text.append("\n### ").append(heading(finding)).append("\n\n");
    for (String message : seen.messages()) {
      text.append("- ").append(MarkdownText.prose(message, TEXT)).append('\n');
    }
    List<String> evidence = EvidenceText.lines(seen.evidence());
    if (!evidence.isEmpty()) {
      text.append("- Evidence:\n");
      evidence.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    layers(text, seen.layers());
    text.append("- On: ").append(places(ticket, finding)).append('\n');
    RuleDoc rule = rules.get(finding.rule());
    if (rule != null && !rule.remediation().isBlank()) {
      text.append("- What to do: ")
          .append(MarkdownText.prose(rule.remediation(), TEXT))
          .append('\n');
    }
  }

  private static void layers(StringBuilder text, List<Layer> layers) {
    if (layers.isEmpty()) {
      return;
    }
    text.append("- Brought by ").append(origin(layers)).append(":\n");
    int shown = 0;
    for (Layer layer : layers) {
      if (shown++ == MAX_LAYERS) {
        text.append("  - and ").append(layers.size() - MAX_LAYERS).append(" more layers\n");
        return;
      }
      text.append("  - layer ").append(layer.index());
      text.append(isInBase(layer) ? " (base)" : "");
      if (layer.digest() != null) {
        text.append(", ").append(MarkdownText.code(layer.digest().toString(), NAME));
      }
      if (layer.createdBy() != null && !layer.createdBy().isEmpty()) {
        text.append(": ").append(MarkdownText.code(layer.createdBy(), NAME));
      }
      text.append('\n');
    }
  }

  /** Whose the layers are; where that is not known of one, it is not known of them. */
  private static String origin(List<Layer> layers) {
    if (layers.stream().anyMatch(layer -> layer.inBase() == null)) {
      return "the base image or this image, which of them is not known";
    }
    long inBase = layers.stream().filter(TicketBody::isInBase).count();
    if (inBase == layers.size()) {
      return "the base image";
    }
    return inBase == 0 ? "this image, not by its base" : "the base image and this image";
  }

  private static boolean isInBase(Layer layer) {
    return Boolean.TRUE.equals(layer.inBase());
  }

  private void carried(StringBuilder text, TicketChange change) {
    if (change.carried().isEmpty()) {
      return;
    }
    text.append("\n## Not covered by this run\n\n")
        .append("What earlier runs found remains until a run covers it again: ")
        .append(MarkdownText.prose(String.valueOf(change.carriedReason()), TEXT))
        .append(".\n\n");
    int shown = 0;
    for (TicketFinding finding : change.carried()) {
      if (shown++ == MAX_ROWS) {
        text.append("- and ").append(change.carried().size() - MAX_ROWS).append(" more\n");
        return;
      }
      text.append("- ").append(heading(finding));
      if (!finding.images().isEmpty()) {
        text.append(", on ").append(places(change.after(), finding));
      }
      text.append('\n');
    }
  }

  private static void images(StringBuilder text, TicketRecord ticket) {
    text.append("\n## Images that fail\n\n| Tags | Platform | Digest |\n|---|---|---|\n");
    int shown = 0;
    for (TicketImage image : ticket.images()) {
      if (shown++ == MAX_ROWS) {
        break;
      }
      List<String> tags =
          image.tags().stream().limit(MAX_ROWS).map(tag -> MarkdownText.cell(tag, NAME)).toList();
      text.append("| ").append(tags.isEmpty() ? "none" : String.join(", ", tags));
      text.append(" | ").append(MarkdownText.cell(image.platform(), NAME));
      text.append(" | ").append(MarkdownText.cell(image.digest(), NAME)).append(" |\n");
    }
    int more = Math.max(0, ticket.images().size() - MAX_ROWS) + ticket.imagesOmitted();
    if (more > 0) {
      text.append("\nAnd ").append(more).append(" more.\n");
    }
  }

  /** As listed when the run looked: by namespace and owner. */
  private static void workloads(StringBuilder text, Set<Workload> workloads) {
    if (workloads.isEmpty()) {
      return;
    }
    text.append(
        "\n## Where they run\n\n| Namespace | Workload | Container | Cluster |\n|---|---|---|---|\n");
    workloads.stream()
        .limit(MAX_ROWS)
        .forEach(one ->
            text.append("| ")
                .append(MarkdownText.cell(one.namespace(), NAME))
                .append(" | ")
                .append(MarkdownText.cell(one.kind() + " " + one.name(), NAME))
                .append(" | ")
                .append(MarkdownText.cell(one.container(), NAME))
                .append(" | ")
                .append(one.cluster().isEmpty() ? "" : MarkdownText.cell(one.cluster(), NAME))
                .append(" |\n"));
    if (workloads.size() > MAX_ROWS) {
      text.append("\nAnd ").append(workloads.size() - MAX_ROWS).append(" more.\n");
    }
  }

  private void waived(StringBuilder text, LineDetail detail) {
    if (detail.waived().isEmpty()) {
      return;
    }
    text.append("\n## Waived\n\n");
    int shown = 0;
    for (Outcome outcome : detail.waived().values()) {
      if (shown++ == MAX_ROWS) {
        text.append("- and ").append(detail.waived().size() - MAX_ROWS).append(" more\n");
        return;
      }
      text.append("- ").append(outcome.severity().word()).append(": ");
      text.append(MarkdownText.code(outcome.rule(), NAME)).append(' ');
      text.append(MarkdownText.prose(outcome.message(), TEXT));
      Waiver waiver = outcome.waiver();
      if (waiver != null) {
        text.append("; until ").append(waiver.expires());
        text.append(" by ").append(MarkdownText.code(waiver.owner(), NAME));
        text.append(waiver.ticket() == null ? "" : ", " + MarkdownText.code(waiver.ticket(), NAME));
        text.append(": ").append(MarkdownText.prose(waiver.reason(), TEXT));
      }
      text.append('\n');
    }
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
    return doc == null ? "(no longer judged)" : MarkdownText.prose(doc.title(), NAME);
  }

  /** {@code 1.2} (linux/amd64, linux/arm64), and so on: platforms of one tag stand together. */
  private static String places(TicketRecord ticket, TicketFinding finding) {
    Map<String, Set<String>> platforms = new LinkedHashMap<>();
    for (int position : finding.images()) {
      TicketImage image = ticket.images().get(position);
      platforms.computeIfAbsent(image.name(), any -> new TreeSet<>()).add(image.platform());
    }
    List<String> places = new ArrayList<>();
    platforms.forEach((name, those) -> {
      if (places.size() < MAX_ROWS) {
        places.add(
            MarkdownText.code(name, NAME)
                + " ("
                + MarkdownText.prose(String.join(", ", those), NAME)
                + ")");
      }
    });
    int more = platforms.size() - places.size();
    return (places.isEmpty() ? "images beyond those listed" : String.join(", ", places))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
