package dev.tare.report.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CodeQualityReportWriterTest {
  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  private List<JsonNode> entries(RunResults results) throws IOException {
    new Reports().write(ReportInput.of(results), directory, List.of("codequality"));
    JsonNode report =
        JsonMapper.shared()
            .readTree(Files.readString(directory.resolve("gl-code-quality-report.json")));
    assertThat(report.isArray()).isTrue();
    return report.valueStream().toList();
  }

  /** What GitLab's documentation requires of an entry, and a place that is relative. */
  @Test
  void everyEntryHasWhatGitLabAsksFor() throws IOException {
    assertThat(entries(run))
        .isNotEmpty()
        .allSatisfy(entry -> {
          assertThat(entry.path("description").stringValue()).isNotBlank();
          assertThat(entry.path("check_name").stringValue()).startsWith("TARE-");
          assertThat(entry.path("fingerprint").stringValue()).matches("\\S+");
          assertThat(entry.path("severity").stringValue())
              .isIn("info", "minor", "major", "critical", "blocker");
          assertThat(entry.path("location").path("path").stringValue())
              .startsWith("localhost:5001/")
              .doesNotContain("sha256");
          assertThat(entry.path("location").path("lines").path("begin").intValue()).isEqualTo(1);
        });
  }

  @Test
  void eachFindingStandsThereOnceHoweverManyTagsHaveIt() throws IOException {
    JudgedImage image = run.images().getFirst();

    List<JsonNode> once = entries(SampleRun.of(List.of(image)));

    assertThat(once)
        .extracting(entry -> entry.path("fingerprint").stringValue())
        .containsExactlyInAnyOrderElementsOf(
            image.outcomes().stream()
                .filter(outcome -> outcome.kind() == OutcomeKind.FAIL)
                .map(Outcome::fingerprint)
                .collect(Collectors.toSet()));
    assertThat(entries(SampleRun.of(List.of(image, image)))).isEqualTo(once);
  }

  @Test
  void onlyWhatFailsIsADegradation() throws IOException {
    for (OutcomeKind kind : OutcomeKind.values()) {
      assertThat(entries(run.with(outcome -> Outcomes.with(outcome, kind))).isEmpty())
          .as(kind.name())
          .isEqualTo(kind != OutcomeKind.FAIL);
    }
    entries(SampleRun.empty());
    assertThat(directory.resolve("gl-code-quality-report.json")).hasContent("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "CRITICAL, blocker",
    "HIGH, critical",
    "MEDIUM, major",
    "LOW, minor",
    "NOTE, info",
  })
  void severitiesAreInGitLabsWords(Severity severity, String word) throws IOException {
    assertThat(entries(run.with(outcome -> Outcomes.with(outcome, OutcomeKind.FAIL, severity))))
        .extracting(entry -> entry.path("severity").stringValue())
        .containsOnly(word);
  }
}
