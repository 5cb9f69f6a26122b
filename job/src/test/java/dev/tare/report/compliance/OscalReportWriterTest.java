package dev.tare.report.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.tare.finding.Control;
import dev.tare.finding.Control.Evidence;
import dev.tare.finding.Framework;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunResults;
import dev.tare.report.ChosenFormats;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.report.Schemas;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OscalReportWriterTest {
  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  private static final Framework OURS =
      new Framework(
          "acme",
          "Acme's demands",
          "3",
          "https://wiki.example.com",
          List.of(
              new Control("A.1", "No shell", List.of("TARE-TOOL-001"), Evidence.FULL, null),
              new Control("A.2", "No gap", List.of("TARE-PKG-001"), Evidence.FULL, null),
              new Control("A.3", "Somebody answers", List.of(), Evidence.FULL, "Ask the team."),
              new Control("A.4", "Nobody looks", List.of(), Evidence.FULL, null)));

  @Test
  void outputIsValidAgainstTheSchemaOfNist() throws IOException {
    Schema schema = Schemas.resource("/schema/json/oscal-ar_schema.json");
    for (SampleRun one : List.of(run, SampleRun.empty())) {
      assertThat(schema.validate(text(one), InputFormat.JSON)).isEmpty();
    }
    assertThat(
            schema.validate(
                text(run).replace("\"statement-id\"", "\"statement\""), InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void everyReferenceNamesSomethingInTheDocument() throws IOException {
    JsonNode result = result();
    Set<String> items = uuids(result.at("/local-definitions/inventory-items"));
    Set<String> observations = uuids(result.path("observations"));
    assertThat(items).hasSize(run.images().size());
    result
        .path("observations")
        .forEach(one ->
            one.path("subjects")
                .forEach(subject ->
                    assertThat(items).contains(subject.path("subject-uuid").stringValue())));
    result
        .path("findings")
        .forEach(one ->
            one.path("related-observations")
                .forEach(related ->
                    assertThat(observations)
                        .contains(related.path("observation-uuid").stringValue())));
  }

  @Test
  void aControlIsNotSatisfiedWhereARuleFailsAndHasNoFindingWhereNoneJudges() throws IOException {
    JsonNode findings = result().path("findings");
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).at("/target/target-id").stringValue()).isEqualTo("acme_A.1");
    assertThat(findings.get(0).at("/target/status/state").stringValue()).isEqualTo("not-satisfied");
    assertThat(findings.get(0).at("/target/status/reason").stringValue()).isEqualTo("fail");
  }

  @Test
  void subjectsAreTheImagesOnWhichTheRuleCameOutLikeThat() throws IOException {
    for (JsonNode observation : result().path("observations")) {
      String rule = property(observation, "rule");
      String outcome = property(observation, "outcome");
      long expected =
          run.images().stream()
              .map(JudgedImage::outcomes)
              .flatMap(List::stream)
              .filter(one -> one.rule().equals(rule) && one.kind().word().equals(outcome))
              .count();
      assertThat(observation.path("subjects")).hasSize((int) expected);
    }
  }

  @Test
  void unknownNeverReadsAsSatisfied() {
    ComplianceTally tally = new ComplianceTally();
    run.images().forEach(tally::add);
    List<String> unknown =
        run.rules().stream()
            .map(rule -> rule.id())
            .filter(id -> tally.count(id, OutcomeKind.UNKNOWN) > 0)
            .filter(id -> tally.count(id, OutcomeKind.FAIL) == 0)
            .toList();
    Control control = OURS.controls().getFirst();
    for (String rule : unknown) {
      assertThat(tally.state(control, List.of(rule))).isEqualTo(ControlState.UNKNOWN);
    }
    assertThat(tally.state(control, List.of())).isEqualTo(ControlState.NOT_APPLICABLE);
  }

  @Test
  void onlyAPassOfAControlThatImagesCanSatisfyReadsAsSatisfied() throws IOException {
    for (OutcomeKind kind : OutcomeKind.values()) {
      SampleRun all = run.with(outcome -> Outcomes.with(outcome, kind));
      for (Evidence evidence : Evidence.values()) {
        Framework framework = framework(evidence);
        ChosenFormats.of(
                new OscalReportWriter(() -> List.of(framework)),
                new ComplianceReportWriter(() -> List.of(framework)))
            .write(ReportInput.of(all), directory, List.of("oscal", "compliance"));
        boolean satisfied = kind == OutcomeKind.PASS && evidence == Evidence.FULL;
        assertThat(Files.readString(directory.resolve("oscal.json")).contains("\"satisfied\""))
            .as(kind + " " + evidence)
            .isEqualTo(satisfied);
        assertThat(
                Files.readString(directory.resolve("compliance.md"))
                    .contains("|A.1|No shell|satisfied|"))
            .as(kind + " " + evidence)
            .isEqualTo(satisfied);
        assertThat(Files.readString(directory.resolve("oscal.json")).contains("\"fail\""))
            .as("violated: " + kind + " " + evidence)
            .isEqualTo(kind == OutcomeKind.FAIL);
      }
    }
  }

  private static Framework framework(Evidence evidence) {
    return new Framework(
        "acme",
        "Acme's demands",
        "3",
        "",
        List.of(new Control("A.1", "No shell", List.of("TARE-TOOL-001"), evidence, "Look.")));
  }

  private static String property(JsonNode observation, String name) {
    return observation
        .path("props")
        .valueStream()
        .filter(one -> one.path("name").stringValue().equals(name))
        .map(one -> one.path("value").stringValue())
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> uuids(JsonNode array) {
    return array
        .valueStream()
        .map(one -> one.path("uuid").stringValue())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private JsonNode result() throws IOException {
    ChosenFormats.of(new OscalReportWriter(() -> List.of(OURS)))
        .write(ReportInput.of(run), directory, List.of("oscal"));
    return JsonMapper.shared()
        .readTree(Files.readString(directory.resolve("oscal.json")))
        .at("/assessment-results/results/0");
  }

  private String text(RunResults results) throws IOException {
    new Reports().write(ReportInput.of(results), directory, List.of("oscal"));
    return Files.readString(directory.resolve("oscal.json"));
  }
}
