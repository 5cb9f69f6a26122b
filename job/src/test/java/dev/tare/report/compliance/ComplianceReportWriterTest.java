package dev.tare.report.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Comparison;
import dev.tare.finding.Control;
import dev.tare.finding.Control.Evidence;
import dev.tare.finding.Framework;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.report.ChosenFormats;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComplianceReportWriterTest {
  private static final Framework OURS =
      new Framework(
          "acme",
          "Acme's <b>demands</b>",
          "3",
          "https://wiki.example.com",
          List.of(
              new Control("A.1", "No shell", List.of("TARE-TOOL-001"), Evidence.FULL, null),
              new Control("A.3", "Somebody answers", List.of(), Evidence.FULL, "Ask the | team."),
              new Control("A.4", "Nobody looks", List.of(), Evidence.FULL, null)));

  @TempDir Path directory;

  @Test
  void everyControlHasARowWithItsState() throws IOException {
    String table = text().substring(0, text().indexOf("left to a person"));
    assertThat(table.lines().filter(line -> line.startsWith("|A.")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("|A.1|No shell|not satisfied|"),
            line -> assertThat(line).startsWith("|A.3|Somebody answers|manual|"),
            line -> assertThat(line).startsWith("|A.4|Nobody looks|not covered|"));
    assertThat(text()).contains("3 controls: 1 not satisfied, 1 manual, 1 not covered.");
  }

  @Test
  void controlThatImagesOnlyViolateIsLeftToAPersonWhereNoneDoes() throws IOException {
    Framework framework =
        new Framework(
            "acme",
            "Acme's demands",
            "3",
            "",
            List.of(
                new Control(
                    "A.1",
                    "No shell is used",
                    List.of("TARE-TOOL-001"),
                    Evidence.VIOLATION_ONLY,
                    "Look at the containers.")));
    ChosenFormats.of(new ComplianceReportWriter(() -> List.of(framework)))
        .write(
            ReportInput.of(
                SampleRun.small().with(outcome -> Outcomes.with(outcome, OutcomeKind.PASS))),
            directory,
            List.of("compliance"));
    assertThat(Files.readString(directory.resolve("compliance.md")))
        .contains("|A.1|No shell is used|no violation found|")
        .contains("1 controls: 1 no violation found, 0 manual")
        .contains("|A.1|No shell is used|Look at the containers.|");
  }

  @Test
  void theImagesBehindAStateAreNamed() throws IOException {
    List<JudgedImage> failing = new ArrayList<>();
    SampleRun.small()
        .forEachImage(image -> {
          if (image.outcomes().stream()
              .anyMatch(
                  one -> one.rule().equals("TARE-TOOL-001") && one.kind() == OutcomeKind.FAIL)) {
            failing.add(image);
          }
        });
    assertThat(failing).isNotEmpty();
    String evidence = text().substring(text().indexOf("### TARE-TOOL-001"));
    for (JudgedImage image : failing) {
      assertThat(evidence)
          .contains(
              "|fail|" + image.reference() + "|" + image.platform() + "|" + image.digest() + "|");
    }
  }

  @Test
  void everyImageIsNamedHoweverManyThereAre() throws IOException {
    SampleRun run = SampleRun.of(150);
    String text = text(ReportInput.of(run));
    String images = text.substring(text.indexOf("\n## Images\n"));
    for (JudgedImage image : run.images()) {
      assertThat(images)
          .contains(
              "|"
                  + image.reference()
                  + "|"
                  + image.platform()
                  + "|"
                  + image.digest()
                  + "|"
                  + image.verdict().word()
                  + "|");
    }
    assertThat(text).doesNotContain(" more\n");
  }

  @Test
  void newFailuresAndThoseThatEndedAreTold() throws IOException {
    SampleRun run = SampleRun.small();
    SampleRun earlier =
        run.earlier(image -> !image.reference().contains("legacy/monolith"))
            .withImages(
                run.images().stream()
                    .filter(image -> !image.reference().contains("legacy/monolith"))
                    .toList());
    String text =
        text(new ReportInput(run, Comparison.of(earlier, run), List.of(), ImageHistory.NONE, null));
    assertThat(text)
        .contains("|fail, new|localhost:5001/legacy/monolith:2019.11|")
        .contains("|fail|localhost:5001/")
        .contains("Findings since the run " + earlier.run().id() + " of ");
  }

  @Test
  void thePageSaysTheSameAndCanBeSigned() throws IOException {
    String markdown = text();
    String html = Files.readString(directory.resolve("compliance.html"));
    assertThat(html)
        .contains("<h1 id=\"compliance-of-localhost5001\">")
        .contains("<td class=\"bad\">not satisfied</td>")
        .contains("<a href=\"#signatures\">Signatures</a>")
        .contains("<h2 id=\"signatures\">")
        .doesNotContain("<script");
    String again =
        HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .build()
            .render(
                Parser.builder()
                    .extensions(List.of(TablesExtension.create()))
                    .build()
                    .parse(markdown));
    assertThat(words(html.substring(html.indexOf("<body>")))).isEqualTo(words(again));
  }

  private static String words(String html) {
    return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip();
  }

  @Test
  void whatWasNotInspectedStandsAtTheTop() throws IOException {
    assertThat(text().indexOf("3 could not be inspected"))
        .isPositive()
        .isLessThan(text().indexOf("## Acme"));
  }

  @Test
  void foreignTextIsShownAndNotInterpreted() throws IOException {
    String html = HtmlRenderer.builder().build().render(Parser.builder().build().parse(text()));
    assertThat(html).contains("Acme's &lt;b&gt;demands&lt;/b&gt;").contains("Ask the | team");
  }

  private String text() throws IOException {
    return text(ReportInput.of(SampleRun.small()));
  }

  private String text(ReportInput input) throws IOException {
    ChosenFormats.of(new ComplianceReportWriter(() -> List.of(OURS)))
        .write(input, directory, List.of("compliance"));
    return Files.readString(directory.resolve("compliance.md"));
  }
}
