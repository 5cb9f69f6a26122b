package dev.tare.report.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Control;
import dev.tare.finding.Control.Evidence;
import dev.tare.finding.Framework;
import dev.tare.finding.OutcomeKind;
import dev.tare.report.ChosenFormats;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(text().lines().filter(line -> line.startsWith("|A.")))
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
        .contains("For a person to look at: Look at the containers.");
  }

  @Test
  void theImagesBehindAStateAreNamed() throws IOException {
    assertThat(text()).contains("fail: localhost:5001/legacy/monolith:2019.11 linux/amd64");
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
    ChosenFormats.of(new ComplianceReportWriter(() -> List.of(OURS)))
        .write(ReportInput.of(SampleRun.small()), directory, List.of("compliance"));
    return Files.readString(directory.resolve("compliance.md"));
  }
}
