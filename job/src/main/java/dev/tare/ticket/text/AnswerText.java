package dev.tare.ticket.text;

import dev.tare.finding.RunInfo;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketRecord;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What people may do about a ticket besides fixing it: look, and ask for a waiver. */
final class AnswerText {
  private static final int MAX_LINES = 20;
  private static final int NAME = 300;
  private static final int WAIVED_DAYS = 90;

  /** Names that mean nothing else to a shell. */
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@\\[\\]-]*");

  private static final JsonMapper JSON = new JsonMapper();

  private final RunInfo run;

  AnswerText(RunInfo run) {
    this.run = run;
  }

  /** The images that fail, each as the command that shows it. */
  String images(TicketRecord ticket) {
    Map<String, List<String>> images = new LinkedHashMap<>();
    for (TicketImage image : ticket.images()) {
      String reference = ticket.key().name() + (image.tags().isEmpty() ? "@" : ":") + image.name();
      images
          .computeIfAbsent(reference, none -> new ArrayList<>())
          .add(image.platform() + " " + image.digest() + others(image));
    }
    List<String> lines = new ArrayList<>();
    images.forEach((reference, those) -> {
      boolean command = SAFE.matcher(reference).matches();
      if (lines.size() < MAX_LINES) {
        lines.add((command ? "tare inspect " : "# ") + MarkdownText.line(reference, NAME));
        those.forEach(image -> lines.add("  # " + MarkdownText.line(image, NAME)));
      }
    });
    long shown = lines.stream().filter(line -> line.startsWith("  # ")).count();
    long more = ticket.images().size() - shown + ticket.imagesOmitted();
    if (more > 0) {
      lines.add("# and " + more + " more");
    }
    return MarkdownText.block("sh", String.join("\n", lines));
  }

  /** The tags besides the one that names it. */
  private static String others(TicketImage image) {
    String others =
        image.tags().stream()
            .filter(tag -> !tag.equals(image.name()))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? "" : ", also " + others;
  }

  /** What a waiver of the worst finding looks like. */
  String waiver(TicketRecord ticket) {
    if (ticket.findings().isEmpty()) {
      return "";
    }
    TicketFinding worst = (ticket.own().isEmpty() ? ticket.findings() : ticket.own()).getFirst();
    LocalDate end = LocalDate.ofInstant(run.finishedAt(), ZoneOffset.UTC).plusDays(WAIVED_DAYS);
    TicketKey key = ticket.key();
    String pattern =
        key.name()
            + (key.line().tagged() && !key.line().text().equals("*")
                ? ":" + key.line().text()
                : "");
    return "Ask whoever keeps the file of waivers for this, with your reason, for each rule:\n\n"
        + MarkdownText.block(
            "yaml",
            """
            waivers:
              - rule: %s
                image: %s
                reason: why it has to stay
                owner: who answers for it
                expires: %s
            """
                .formatted(text(worst.rule()), text(pattern), end));
  }

  /** JSON is YAML that needs no guess about quotes. */
  private static String text(String value) {
    return JSON.writeValueAsString(value);
  }
}
