package dev.tare.report.summary;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.OwnReading;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunVulnerabilities;
import dev.tare.finding.Score;
import dev.tare.plan.Action;
import dev.tare.plan.Plan;
import dev.tare.report.OwnText;
import dev.tare.report.ReportInput;
import dev.tare.report.VulnerabilityText;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import dev.tare.report.text.Cut;
import dev.tare.report.text.Markdown;
import dev.tare.report.text.SeverityCounts;
import dev.tare.report.text.VerdictText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.md}: the run on one screen, for a comment on a pull request or the summary of a
 * job: verdict, counts, what is new, what to do first, the worst images. However large the run, it
 * is shorter than what GitHub takes in a comment, 65,536 characters. Of texts that images hold none
 * is in it, so that none can mention a person; what a registry answered stands in a code block.
 */
public final class MarkdownReportWriter implements ReportWriter {
  private static final int ACTIONS = 5;
  private static final int IMAGES = 20;
  private static final int FRESH = 10;
  private static final int PROBLEMS = 10;
  private static final int TITLE_LENGTH = 200;
  private static final int NAME_LENGTH = 256;
  private static final int REASON_LENGTH = 200;

  @Override
  public String format() {
    return "markdown";
  }

  @Override
  public String fileName() {
    return "summary.md";
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) throws IOException {
    Writer out = files.createText(fileName());
    FailingImages failing = new FailingImages(IMAGES, FRESH, input.since());
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) {
        failing.add(image);
      }

      @Override
      public void finish(Plan plan) throws IOException {
        out.write(text(input, failing, plan));
        out.close();
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  private static String text(ReportInput input, FailingImages failing, Plan plan) {
    RunResults results = input.results();
    Markdown page = new Markdown();
    OwnReading own = results.own();
    page.heading(
        2, (own == null ? "Tare: " : "Tare, own part: ") + VerdictText.of(results.summary()));
    counts(page, results.summary(), own);
    String news = news(input, failing);
    if (!news.isEmpty()) {
      page.paragraph(news);
    }
    first(page, plan);
    Map<String, String> titles = new HashMap<>();
    results.rules().forEach(rule -> titles.put(rule.id(), rule.title()));
    news(page, failing, titles);
    images(page, failing, titles);
    problems(page, results.notInspected());
    page.paragraph(
        Cut.to(
            "Run "
                + results.run().id()
                + " of "
                + String.join(", ", results.run().targets())
                + ", by Tare "
                + results.run().toolVersion()
                + ".",
            TITLE_LENGTH));
    return page.text();
  }

  private static void counts(Markdown page, RunSummary summary, @Nullable OwnReading own) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s in %s: %d compliant, %d failing, %d unknown"
            .formatted(
                VerdictText.counted(summary.images(), "image"),
                summary.repositories() == 1
                    ? "1 repository"
                    : summary.repositories() + " repositories",
                summary.compliant(),
                summary.failing(),
                summary.unknown()));
    String findings = SeverityCounts.text(summary.findings());
    lines.add("Findings: " + (findings.isEmpty() ? "none" : findings));
    if (own != null) {
      OwnText.lines(own).forEach(line -> lines.add(Cut.to(line, NAME_LENGTH + TITLE_LENGTH)));
    }
    if (summary.score() != null) {
      lines.add("Score: " + summary.score() + " of " + Score.BEST + ", the mean of the images");
    }
    RunVulnerabilities vulnerabilities = summary.vulnerabilities();
    if (vulnerabilities != null) {
      lines.addAll(VulnerabilityText.lines(vulnerabilities));
    }
    page.list(lines, 0);
  }

  private static String news(ReportInput input, FailingImages failing) {
    List<String> sentences = new ArrayList<>();
    if (failing.known() > 0) {
      sentences.add(
          "By the baseline "
              + VerdictText.counted(failing.known(), "finding")
              + (failing.known() == 1 ? " is" : " are")
              + " known and fail nothing; what fails is not in it.");
    }
    if (input.since() != null) {
      String counts = SeverityCounts.text(failing.fresh());
      sentences.add(
          "New since the run "
              + input.since().earlier().id()
              + ": "
              + (counts.isEmpty() ? "nothing" : counts)
              + ".");
    } else if (sentences.isEmpty() && input.results().own() == null) {
      sentences.add("There is no earlier run to compare with.");
    }
    return String.join(" ", sentences);
  }

  private static void first(Markdown page, Plan plan) {
    List<Action> actions = plan.actions().stream().filter(action -> action.ended() > 0).toList();
    if (actions.isEmpty()) {
      return;
    }
    page.heading(3, "What to do first");
    page.list(
        actions.stream()
            .limit(ACTIONS)
            .map(action ->
                Cut.to(action.title(), TITLE_LENGTH)
                    + " (ends "
                    + SeverityCounts.text(action.ends())
                    + ")")
            .toList(),
        actions.size());
  }

  private static void news(Markdown page, FailingImages failing, Map<String, String> titles) {
    List<FailingImages.Fresh> severest = failing.severestFresh();
    if (severest.isEmpty()) {
      return;
    }
    page.heading(3, "New findings");
    page.table(
        List.of("Severity", "Rule", "Image", "Platform"),
        severest.stream()
            .map(one ->
                List.of(
                    one.severity().word(),
                    rule(one.rule(), titles),
                    Cut.to(one.reference(), NAME_LENGTH),
                    Cut.to(one.platform(), NAME_LENGTH)))
            .toList());
    int all = failing.fresh().values().stream().mapToInt(Integer::intValue).sum();
    if (all > severest.size()) {
      page.paragraph("and " + (all - severest.size()) + " more.");
    }
  }

  private static String rule(String id, Map<String, String> titles) {
    return Cut.to(id + " " + titles.getOrDefault(id, ""), NAME_LENGTH);
  }

  private static void images(Markdown page, FailingImages failing, Map<String, String> titles) {
    if (failing.count() == 0) {
      return;
    }
    page.heading(3, "Failing images");
    page.table(
        List.of("Image", "Platform", "Critical", "High", "Medium", "Low", "New", "Worst finding"),
        failing.worst().stream()
            .map(image ->
                List.of(
                    Cut.to(image.reference(), NAME_LENGTH),
                    Cut.to(image.platform(), NAME_LENGTH),
                    "" + image.critical(),
                    "" + image.high(),
                    "" + image.medium(),
                    "" + image.low(),
                    failing.compares() ? "" + image.fresh() : "–",
                    rule(image.rule(), titles)))
            .toList());
    if (failing.count() > failing.worst().size()) {
      page.paragraph("and " + (failing.count() - failing.worst().size()) + " more.");
    }
  }

  private static void problems(Markdown page, List<NotInspected> problems) {
    if (problems.isEmpty()) {
      return;
    }
    page.heading(3, "Not inspected");
    List<String> lines = new ArrayList<>();
    for (NotInspected one : problems.subList(0, Math.min(PROBLEMS, problems.size()))) {
      lines.add(
          Cut.to(one.reference(), NAME_LENGTH)
              + " ("
              + one.stage().word()
              + "): "
              + Cut.to(one.reason(), REASON_LENGTH));
    }
    page.code(lines);
    if (problems.size() > PROBLEMS) {
      page.paragraph("and " + (problems.size() - PROBLEMS) + " more.");
    }
  }
}
