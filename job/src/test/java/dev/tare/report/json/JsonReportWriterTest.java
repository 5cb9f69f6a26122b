package dev.tare.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.finding.Comparison;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.report.SampleReport;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JsonReportWriterTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir Path directory;

  @Test
  void outputIsValidAgainstThePublishedSchema() throws IOException {
    assertThat(schema(published()).validate(report(SampleRun.small()), InputFormat.JSON)).isEmpty();
    assertThat(schema(published()).validate(report(SampleRun.empty()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void thePublishedSchemaDescribesEveryPropertyThatIsWritten() throws IOException {
    JsonNode closed = MAPPER.readTree(published());
    close(closed);
    assertThat(schema(closed.toString()).validate(report(SampleRun.small()), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"verdict\":\"failing\" | \"verdict\":\"fine\"",
        "\"schemaVersion\":\"2\" | \"schemaVersion\":\"3\"",
        "\"stage\":\"layer\" | \"stage\":\"moon\"",
        "\"outcome\":\"waived\" | \"outcome\":\"fail\"",
        "\"bytesFetched\": | \"bytes\":"
      })
  void thePublishedSchemaRejectsWhatIsWrong(String right, String wrong) throws IOException {
    String report = report(SampleRun.small());
    String changed = report.replace(right, wrong);
    assertThat(changed.equals(report)).isFalse();
    assertThat(schema(published()).validate(changed, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void thePublishedSchemaHasTheStagesThatAreWritten() throws IOException {
    JsonNode stages =
        MAPPER.readTree(published()).at("/properties/notInspected/items/properties/stage/enum");
    assertThat(stages.valueStream().map(JsonNode::stringValue))
        .containsExactly(
            Arrays.stream(NotInspected.Stage.values())
                .map(NotInspected.Stage::word)
                .toArray(String[]::new));
  }

  @Test
  void whatChangedIsDescribedByThePublishedSchemaToo() throws IOException {
    SampleRun run = SampleRun.small();
    SampleRun earlier = run.earlier(image -> !image.repository().startsWith("legacy/"));
    JsonNode closed = MAPPER.readTree(published());
    close(closed);
    for (ReportInput input :
        List.of(
            SampleReport.withPast(run),
            new ReportInput(run, Comparison.of(earlier, run), List.of(), ImageHistory.NONE, null),
            new ReportInput(
                earlier, Comparison.of(run, earlier), List.of(), ImageHistory.NONE, null))) {
      new Reports().write(input, directory, List.of("json"));
      String report = Files.readString(directory.resolve("report.json"));
      assertThat(report).contains("\"since\":");
      assertThat(schema(closed.toString()).validate(report, InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void factsAndEvidenceAreEmbeddedAsTheyAre() throws IOException {
    SampleRun run = SampleRun.small();
    JsonNode images = MAPPER.readTree(report(run)).path("images");
    assertThat(images).hasSameSizeAs(run.images());
    for (int i = 0; i < images.size(); i++) {
      // As text: a number that was a long is an int when it is read again.
      JudgedImage image = run.images().get(i);
      assertThat(images.get(i).path("facts")).hasToString(image.facts().toString());
      for (int j = 0; j < image.outcomes().size(); j++) {
        JsonNode evidence = image.outcomes().get(j).evidence();
        assertThat(images.get(i).path("outcomes").get(j).path("evidence"))
            .hasToString(evidence.isEmpty() ? "" : evidence.toString());
      }
    }
  }

  @Test
  void aPassSaysNoMoreThanThatItIsOne() throws IOException {
    JsonNode images = MAPPER.readTree(report(SampleRun.small())).path("images");
    List<JsonNode> outcomes =
        images.valueStream().flatMap(image -> image.path("outcomes").valueStream()).toList();
    assertThat(outcomes)
        .filteredOn(one -> one.path("outcome").stringValue().equals("pass"))
        .isNotEmpty()
        .allSatisfy(one ->
            assertThat(one.propertyNames()).isSubsetOf("rule", "outcome", "severity", "message"));
    assertThat(outcomes)
        .filteredOn(one -> one.path("outcome").stringValue().equals("waived"))
        .isNotEmpty()
        .allSatisfy(one -> {
          assertThat(one.path("waiver").path("owner").stringValue()).isNotEmpty();
          assertThat(one.path("fingerprint").stringValue()).hasSize(32);
        });
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    assertThat(report(SampleRun.small())).isEqualTo(report(SampleRun.small()));
  }

  @Test
  void eachImageIsALineOfItsOwn() throws IOException {
    SampleRun run = SampleRun.small();
    assertThat(report(run))
        .startsWith("{\n\"schemaVersion\":\"2\",\n\"tool\":{\"name\":\"tare\",")
        .endsWith("]\n}\n")
        .doesNotContain("\r");
    List<String> lines = report(run).lines().toList();
    int first = lines.indexOf("\"images\":[") + 1;
    for (int i = 0; i < run.images().size(); i++) {
      JsonNode image = MAPPER.readTree(lines.get(first + i).replaceFirst(",$", ""));
      assertThat(image.path("digest").stringValue()).isEqualTo(run.images().get(i).digest());
    }
  }

  private String report(SampleRun run) throws IOException {
    new Reports().write(ReportInput.of(run), directory, List.of("json"));
    return Files.readString(directory.resolve("report.json"));
  }

  private static Schema schema(String text) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(text, InputFormat.JSON);
  }

  private static String published() throws IOException {
    try (InputStream in =
        JsonReportWriterTest.class.getResourceAsStream("/tare/schemas/report.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Forbids what is not described, but for the facts, which have a schema of their own. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && object.path("type").isString()
        && object.path("type").stringValue().equals("object")) {
      if (!object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    List.copyOf(schema.values()).forEach(JsonReportWriterTest::close);
  }
}
