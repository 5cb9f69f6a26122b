package dev.tare.report.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.report.ChosenFormats;
import dev.tare.report.Outcomes;
import dev.tare.report.ReportInput;
import dev.tare.report.Schemas;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PolicyReportWriterTest {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();

  @Test
  void everyDocumentIsValidAgainstTheResourceDefinition() throws IOException {
    Schema schema = definition();
    List<JsonNode> documents = documents(PolicyReportDocuments.LARGEST_BYTES);
    assertThat(documents)
        // One a repository, and one of what was not inspected.
        .hasSize(1 + (int) run.images().stream().map(JudgedImage::repository).distinct().count())
        .allSatisfy(document -> {
          assertThat(document.path("apiVersion").stringValue())
              .isEqualTo("wgpolicyk8s.io/v1alpha2");
          assertThat(schema.validate(document.toString(), InputFormat.JSON)).isEmpty();
          assertThat(document.at("/metadata/name").stringValue())
              .matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")
              .hasSizeLessThan(253);
        });
    String wrong = documents.getFirst().toString().replace("\"fail\"", "\"failed\"");
    assertThat(schema.validate(wrong, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void resultsAndSummariesAreTheRunsOwn() throws IOException {
    List<JsonNode> documents = documents(PolicyReportDocuments.LARGEST_BYTES);
    int fail = 0;
    int warn = 0;
    for (Severity severity : Severity.values()) {
      int findings = run.summary().findings().getOrDefault(severity, 0);
      fail += severity == Severity.NOTE ? 0 : findings;
      warn += severity == Severity.NOTE ? findings : 0;
    }
    assertThat(sum(documents, "fail")).isEqualTo(fail);
    assertThat(sum(documents, "warn")).isEqualTo(warn);
    assertThat(sum(documents, "error"))
        .isEqualTo(count(OutcomeKind.UNKNOWN) + run.notInspected().size());
    assertThat(sum(documents, "pass")).isEqualTo(count(OutcomeKind.PASS));
    assertThat(rows(documents, "fail")).isEqualTo(fail);
    assertThat(rows(documents, "skip")).isEqualTo(count(OutcomeKind.WAIVED));
    assertThat(rows(documents, "pass")).isZero();
  }

  @Test
  void noteThatCouldNotBeAnsweredIsSkipped() {
    for (JudgedImage image : run.images()) {
      for (Outcome outcome : image.outcomes()) {
        for (Severity severity : Severity.values()) {
          assertThat(PolicyReportRow.result(Outcomes.with(outcome, OutcomeKind.UNKNOWN, severity)))
              .isEqualTo(severity == Severity.NOTE ? "skip" : "error");
        }
      }
    }
  }

  @Test
  void aReportThatWouldNotFitIsSplitAndLosesNothing() throws IOException {
    List<JsonNode> whole = documents(PolicyReportDocuments.LARGEST_BYTES);
    List<JsonNode> split = documents(4_000);
    assertThat(split).hasSizeGreaterThan(whole.size());
    assertThat(split).allSatisfy(one -> assertThat(one.toString()).hasSizeLessThan(5_000));
    Set<String> names = new HashSet<>();
    split.forEach(one -> names.add(one.at("/metadata/name").stringValue()));
    assertThat(names).hasSameSizeAs(split);
    for (String word : List.of("pass", "fail", "warn", "error", "skip")) {
      assertThat(sum(split, word)).isEqualTo(sum(whole, word));
      assertThat(rows(split, word)).isEqualTo(rows(whole, word));
    }
  }

  private int count(OutcomeKind kind) {
    return (int)
        run.images().stream()
            .flatMap(image -> image.outcomes().stream())
            .filter(outcome -> outcome.kind() == kind)
            .count();
  }

  private static int sum(List<JsonNode> documents, String word) {
    return documents.stream().mapToInt(one -> one.path("summary").path(word).asInt()).sum();
  }

  private static int rows(List<JsonNode> documents, String word) {
    return (int)
        documents.stream()
            .flatMap(one -> one.path("results").valueStream())
            .filter(row -> row.path("result").stringValue().equals(word))
            .count();
  }

  /** The schema in the resource definition. */
  private static Schema definition() throws IOException {
    try (InputStream in =
        PolicyReportWriterTest.class.getResourceAsStream(
            "/schemas/wgpolicyk8s.io_policyreports.yaml")) {
      JsonNode schema =
          YAML.readTree(in)
              .at("/spec/versions")
              .valueStream()
              .filter(version -> version.path("name").stringValue().equals("v1alpha2"))
              .findFirst()
              .orElseThrow()
              .at("/schema/openAPIV3Schema");
      return Schemas.of(schema.toString());
    }
  }

  private List<JsonNode> documents(int largestBytes) throws IOException {
    ChosenFormats.of(new PolicyReportWriter(largestBytes))
        .write(ReportInput.of(run), directory, List.of("policyreport"));
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class)
            .readValues(Files.readString(directory.resolve("policyreport.yaml")))) {
      return documents.readAll();
    }
  }
}
