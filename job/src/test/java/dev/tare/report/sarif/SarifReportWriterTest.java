package dev.tare.report.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.report.ChosenFormats;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.report.Schemas;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SarifReportWriterTest {
  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  @Test
  void outputIsValidAgainstTheSchemaOfOasis() throws IOException {
    Schema schema = Schemas.resource("/schema/sarif-schema-2.1.0.json");
    for (SampleRun one : List.of(run, SampleRun.empty())) {
      assertThat(schema.validate(text(one), InputFormat.JSON)).isEmpty();
    }
    assertThat(
            schema.validate(
                text(run).replace("\"startLine\":1", "\"startLine\":0"), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void everyFailedAndWaivedRuleIsAResultAndWaivedOnesAreSuppressed() throws IOException {
    List<JsonNode> results = results(text(run));
    assertThat(results.stream().filter(one -> !one.has("suppressions")))
        .hasSize(count(OutcomeKind.FAIL));
    assertThat(results.stream().filter(one -> one.has("suppressions")))
        .hasSize(count(OutcomeKind.WAIVED))
        .allSatisfy(one -> {
          JsonNode suppression = one.path("suppressions").get(0);
          assertThat(suppression.path("kind").stringValue()).isEqualTo("external");
          assertThat(suppression.path("status").stringValue()).isEqualTo("accepted");
          assertThat(suppression.path("justification").stringValue()).contains("until");
        });
  }

  @Test
  void aFindingHasTheSameFingerprintAndPlaceWhateverTheTag() throws IOException {
    for (JsonNode result : results(text(run))) {
      JsonNode prints = result.path("partialFingerprints");
      assertThat(prints.path("primaryLocationLineHash").stringValue())
          .isEqualTo(prints.path("tareFinding/v1").stringValue() + ":1");
      String place = result.at("/locations/0/physicalLocation/artifactLocation/uri").stringValue();
      assertThat(place).startsWith("localhost%3A5001/").doesNotContain("@").doesNotContain(":");
    }
    Set<String> fingerprints = new HashSet<>();
    results(text(run))
        .forEach(r -> fingerprints.add(r.at("/partialFingerprints/tareFinding~1v1").stringValue()));
    Set<String> expected = new HashSet<>();
    outcomes(OutcomeKind.FAIL, OutcomeKind.WAIVED).forEach(o -> expected.add(o.fingerprint()));
    assertThat(fingerprints).isEqualTo(expected);
  }

  @Test
  void whatCouldNotBeKnownIsANotificationAndNoResult() throws IOException {
    JsonNode notifications =
        JsonMapper.shared()
            .readTree(text(run))
            .at("/runs/0/invocations/0/toolExecutionNotifications");
    assertThat(notifications.valueStream().map(n -> n.at("/message/text").stringValue()))
        .filteredOn(text -> text.contains("was not inspected"))
        .hasSize(run.notInspected().size());
    assertThat(notifications.valueStream().map(n -> n.at("/associatedRule/id").asString("")))
        .filteredOn(rule -> !rule.isEmpty())
        .containsExactlyElementsOf(
            outcomes(OutcomeKind.UNKNOWN).map(Outcome::rule).distinct().sorted().toList());
  }

  /**
   * A reader takes the rule's own severity where there is none, which settings may have changed.
   */
  @Test
  void everyResultHasTheLevelOfItsOutcome() throws IOException {
    Map<Severity, String> levels =
        Map.of(
            Severity.CRITICAL, "error",
            Severity.HIGH, "error",
            Severity.MEDIUM, "warning",
            Severity.LOW, "note",
            Severity.NOTE, "note");
    for (Severity severity : Severity.values()) {
      assertThat(results(text(run.with(outcome -> Outcomes.with(outcome, severity)))))
          .isNotEmpty()
          .allSatisfy(result ->
              assertThat(result.path("level").asString("none")).isEqualTo(levels.get(severity)));
    }
  }

  @Test
  void ruleIndexesNameTheRule() throws IOException {
    JsonNode log = JsonMapper.shared().readTree(text(run));
    for (JsonNode result : results(text(run))) {
      assertThat(log.at("/runs/0/tool/driver/rules/" + result.path("ruleIndex").asInt() + "/id"))
          .isEqualTo(result.path("ruleId"));
    }
  }

  /** Remedies hold commands, and the stars of those are no emphasis. */
  @Test
  void helpOfARuleShowsCommandsAsTheyAre() throws IOException {
    write(run, SarifLimits.GITHUB);
    assertThat(
            JsonMapper.shared()
                .readTree(Files.readString(files().getFirst()))
                .at("/runs/0/tool/driver/rules")
                .valueStream()
                .map(rule -> rule.at("/help/markdown").stringValue()))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).doesNotContainPattern("(?<!\\\\)[*<]"));
  }

  @Test
  void whatIsOverALimitGoesOnInFurtherFilesOfTheirOwnCategory() throws IOException {
    Schema schema = Schemas.resource("/schema/sarif-schema-2.1.0.json");
    int all = count(OutcomeKind.FAIL) + count(OutcomeKind.WAIVED);
    for (SarifLimits limits :
        List.of(new SarifLimits(10, 1 << 20), new SarifLimits(1000, 60_000))) {
      write(run, limits);
      List<Path> files = files();
      assertThat(files).hasSizeGreaterThan(1);
      List<JsonNode> results = new ArrayList<>();
      Set<String> categories = new HashSet<>();
      for (Path file : files) {
        String text = Files.readString(file);
        assertThat(Files.size(file)).isLessThan(limits.bytes() + 10_000);
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        assertThat(results(text)).hasSizeBetween(1, limits.results());
        results.addAll(results(text));
        String id =
            JsonMapper.shared().readTree(text).at("/runs/0/automationDetails/id").stringValue();
        categories.add(id.substring(0, id.lastIndexOf('/')));
      }
      assertThat(results).hasSize(all);
      assertThat(categories).hasSameSizeAs(files);
    }
  }

  @Test
  void filesOfALargerRunBeforeAreRemovedAndOthersLeftAlone() throws IOException {
    write(run, new SarifLimits(10, 1 << 20));
    Files.writeString(directory.resolve("findings-of-mine.sarif"), "{}");
    write(run, SarifLimits.GITHUB);
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("findings-of-mine.sarif", "findings.sarif");
  }

  private int count(OutcomeKind kind) {
    return (int) outcomes(kind).count();
  }

  private Stream<Outcome> outcomes(OutcomeKind... kinds) {
    return run.images().stream()
        .map(JudgedImage::outcomes)
        .flatMap(List::stream)
        .filter(outcome -> List.of(kinds).contains(outcome.kind()));
  }

  private static List<JsonNode> results(String text) {
    return JsonMapper.shared().readTree(text).at("/runs/0/results").valueStream().toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private void write(RunResults results, SarifLimits limits) {
    ChosenFormats.of(new SarifReportWriter(limits))
        .write(ReportInput.of(results), directory, List.of("sarif"));
  }

  private String text(RunResults results) throws IOException {
    new Reports().write(ReportInput.of(results), directory, List.of("sarif"));
    return Files.readString(directory.resolve("findings.sarif"));
  }
}
