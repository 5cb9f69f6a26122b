package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** The formats of one run state the same numbers. */
class SameNumbersTest {
  private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);

  @TempDir Path directory;

  private final SampleRun run = SampleRun.of(40);
  private JsonNode json = JsonMapper.shared().nullNode();
  private JsonNode page = JsonMapper.shared().nullNode();
  private List<Map<String, String>> rows = List.of();

  @BeforeEach
  void write() throws IOException {
    Reports reports = new Reports();
    reports.write(run, directory, reports.formats());
    json = JsonMapper.shared().readTree(Files.readString(directory.resolve("report.json")));
    Matcher data = DATA.matcher(Files.readString(directory.resolve("index.html")));
    assertThat(data.find()).isTrue();
    page = JsonMapper.shared().readTree(data.group(1));
    try (MappingIterator<Map<String, String>> cells =
        CsvMapper.builder()
            .build()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(Files.readString(directory.resolve("images.csv")))) {
      rows = cells.readAll();
    }
  }

  @Test
  void theSummaryIsTheRunsOwnInJsonAndOnThePage() {
    RunSummary summary = run.summary();
    JsonNode written = json.path("summary");
    assertThat(page.path("summary")).isEqualTo(written);
    assertThat(written.path("repositories").asInt()).isEqualTo(summary.repositories());
    assertThat(written.path("images").asInt()).isEqualTo(summary.images());
    assertThat(written.path("compliant").asInt()).isEqualTo(summary.compliant());
    assertThat(written.path("failing").asInt()).isEqualTo(summary.failing());
    assertThat(written.path("unknown").asInt()).isEqualTo(summary.unknown());
    assertThat(written.path("notInspected").asInt()).isEqualTo(summary.notInspected());
    assertThat(written.path("attached").asInt()).isEqualTo(summary.attached());
    assertThat(written.path("layersUnique").asInt()).isEqualTo(summary.layersUnique());
    assertThat(written.path("layersFetched").asInt()).isEqualTo(summary.layersFetched());
    assertThat(written.path("bytesFetched").asLong()).isEqualTo(summary.bytesFetched());
  }

  @Test
  void verdictsAndFindingsAddUpInEveryFormat() {
    assertThat(rows).hasSize(run.summary().images());
    assertThat(json.path("images")).hasSize(run.summary().images());
    assertThat(page.path("images")).hasSize(run.summary().images());
    assertThat(rows.stream().filter(row -> "failing".equals(row.get("verdict"))))
        .hasSize(run.summary().failing());
    for (Severity severity : Severity.values()) {
      int expected = run.summary().findings().getOrDefault(severity, 0);
      assertThat(
              rows.stream()
                  .mapToInt(row -> Integer.parseInt("" + row.get("findings_" + severity.word())))
                  .sum())
          .isEqualTo(expected);
      assertThat(
              json.path("images")
                  .valueStream()
                  .flatMap(image -> image.path("outcomes").valueStream())
                  .filter(outcome ->
                      outcome.path("outcome").stringValue().equals("fail")
                          && outcome.path("severity").stringValue().equals(severity.word())))
          .hasSize(expected);
      assertThat(
              page.path("images")
                  .valueStream()
                  .flatMap(image -> image.path("findings").valueStream())
                  .filter(finding ->
                      finding.get(1).stringValue().equals("f")
                          && finding.get(2).stringValue().equals(severity.word())))
          .hasSize(expected);
    }
  }

  @Test
  void eachImageWeighsTheSameInEveryFormat() {
    for (int i = 0; i < rows.size(); i++) {
      JsonNode facts = json.path("images").get(i).path("facts");
      JsonNode shown = page.path("images").get(i);
      Map<String, String> row = rows.get(i);
      assertThat(row.get("digest"))
          .isEqualTo(json.path("images").get(i).path("digest").stringValue())
          .isEqualTo(shown.path("digest").stringValue());
      assertThat(shown.path("size")).isEqualTo(facts.path("size"));
      assertThat(row)
          .containsEntry("compressed_bytes", facts.path("size").path("compressed").asString())
          .containsEntry("wasted_bytes", facts.path("size").path("wasted").asString())
          .containsEntry("layers", shown.path("layerCount").asString())
          .containsEntry("packages", shown.path("counts").path("packages").asString())
          .containsEntry("tools", shown.path("counts").path("tools").asString());
    }
  }
}
