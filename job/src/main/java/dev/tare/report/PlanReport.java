package dev.tare.report;

import dev.tare.finding.OwnReading;
import dev.tare.plan.Action;
import dev.tare.plan.Correction;
import dev.tare.plan.Plan;
import dev.tare.plan.PlannedImage;
import dev.tare.plan.Proposal;
import dev.tare.plan.Prospect;
import dev.tare.plan.ProspectText;
import dev.tare.report.json.PlanJson;
import dev.tare.report.json.ReportJson;
import dev.tare.report.text.Markdown;
import dev.tare.report.text.SeverityCounts;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A plan as a document of its own. */
public final class PlanReport {
  private static final int IMAGES = 10;

  private PlanReport() {}

  /**
   * For programs: {@code {"run": "…", "findings": {…}, "actions": [{"kind", "title", "images",
   * "ends", "saves", …}]}}.
   *
   * @param own what is told beside the images' own part; null of whole images
   * @param most how many actions
   */
  public static String json(String run, Plan plan, @Nullable OwnReading own, int most) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("run", run);
      ReportJson.own(json, own, Integer.MAX_VALUE);
      PlanJson.counts(json, "findings", plan.findings());
      PlanJson.actions(json, plan.actions().stream().limit(most).toList());
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * For people who read it elsewhere.
   *
   * @param own what is told beside the images' own part; null of whole images
   * @param most how many actions
   */
  public static String markdown(String run, Plan plan, @Nullable OwnReading own, int most) {
    Markdown page = new Markdown();
    page.heading(1, "What to do first");
    int shown = Math.min(most, plan.actions().size());
    page.paragraph(
        "Run %s: %d of %d actions, in the order in which each ends most of what is left."
            .formatted(run, shown, plan.actions().size()));
    if (own != null) {
      page.paragraph("Of the images' own part; what is not in it:");
      page.list(OwnText.lines(own), 0);
    }
    for (Action action : plan.actions().subList(0, shown)) {
      page.heading(2, action.title());
      page.list(lines(action), 0);
      page.list(
          action.images().stream().map(PlannedImage::reference).distinct().limit(IMAGES).toList(),
          (int) action.images().stream().map(PlannedImage::reference).distinct().count());
    }
    return page.text();
  }

  private static List<String> lines(Action action) {
    List<String> lines = new ArrayList<>();
    lines.add("ends " + ends(action));
    if (!action.rules().isEmpty()) {
      lines.add("rules: " + String.join(", ", action.rules()));
    }
    if (!action.aims().isEmpty()) {
      lines.add("works against, but may not end: " + String.join(", ", action.aims()));
    }
    for (Correction correction : action.corrections()) {
      lines.add(
          "write: "
              + correction.write()
              + (correction.step() == null ? "" : " instead of: " + correction.step()));
    }
    Proposal proposal = action.proposal();
    if (proposal != null) {
      lines.add(
          "known: %s is %d bytes smaller and passes %d of %d of these rules itself, %d are not known"
              .formatted(
                  proposal.reference(),
                  proposal.bytesLess(),
                  proposal.passes().size(),
                  action.rules().size(),
                  proposal.unknown().size()));
      Prospect prospect = proposal.prospect();
      if (prospect != null) {
        lines.addAll(ProspectText.of(prospect));
      }
    }
    return lines;
  }

  private static String ends(Action action) {
    String counts = SeverityCounts.text(action.ends());
    return counts.isEmpty() ? "nothing by itself" : counts;
  }
}
