package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.SampleImages;
import dev.tare.testing.LoopbackFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a check in CI asks for: little output, and only findings that matter in lists of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CiOptionsIT {
  private LoopbackFixture registry;
  private Path output;
  private CommandLineRun scan;

  @BeforeAll
  void scan(@TempDir Path directory) throws IOException {
    registry = LoopbackFixture.start();
    SampleImages.of(registry.host(), InstantSource.system()).push();
    output = directory.resolve("out");
    scan =
        CommandLineRun.of(
            "scan",
            registry.host() + "/team/web:1.5",
            registry.host() + "/team/gone:1",
            "-q",
            "--min-severity",
            "high",
            "--format",
            "json,junit,sarif,codequality,markdown",
            "--state",
            directory.resolve("state").toString(),
            "-o",
            output.toString());
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  @Test
  void quietScanPrintsVerdictAndErrors() {
    assertThat(scan.status()).as(scan.err()).isEqualTo(1);
    assertThat(scan.err()).isEmpty();
    assertThat(scan.out().lines())
        .containsSubsequence(
            "Not inspected", "1 image in 1 repository: 0 compliant, 1 failing, 1 not inspected")
        .last()
        .asString()
        .startsWith("Findings: 3 high, ");
    assertThat(scan.out()).contains(registry.host() + "/team/gone:1").doesNotContain("Report:");
  }

  @Test
  void quietScanThatJudgesNothingSaysWhy(@TempDir Path directory) {
    CommandLineRun none =
        CommandLineRun.of(
            "scan",
            registry.host(),
            "--include",
            "*/none-of-them",
            "-q",
            "--state",
            directory.resolve("state").toString(),
            "-o",
            directory.resolve("out").toString());
    assertThat(none.status()).as(none.err()).isEqualTo(3);
    assertThat(none.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("0 images in 0 repositories"),
            line -> assertThat(line).startsWith("Nothing was judged: check the target"),
            line -> assertThat(line).isEqualTo("Findings: none"));
  }

  @Test
  void listsOfFindingsHoldThoseThatMatter() throws IOException {
    JsonNode quality = JsonMapper.shared().readTree(read("gl-code-quality-report.json"));
    assertThat(quality.valueStream().map(entry -> entry.path("severity").stringValue()))
        .hasSize(3)
        .containsOnly("critical");
    JsonNode results = JsonMapper.shared().readTree(read("findings.sarif")).at("/runs/0/results");
    assertThat(results.valueStream().map(one -> one.at("/properties/severity").stringValue()))
        .hasSize(3)
        .containsOnly("high");
    assertThat(read("junit.xml").lines().filter(line -> line.contains("<failure ")))
        .hasSize(3)
        .allMatch(line -> line.contains("type=\"high\""));
    assertThat(read("junit.xml")).contains("not inspected");
  }

  @Test
  void ticketsHoldThoseThatMatter() throws IOException {
    List<String> tickets;
    try (Stream<Path> files = Files.walk(output.resolve("tickets"))) {
      tickets =
          files
              .filter(Files::isRegularFile)
              .map(file -> output.relativize(file).toString())
              .toList();
    }
    assertThat(tickets).hasSize(1);
    String ticket = read(tickets.getFirst());
    assertThat(rules("high")).isNotEmpty().allMatch(ticket::contains);
    assertThat(rules("medium")).isNotEmpty().noneMatch(ticket::contains);
    assertThat(rules("low")).isNotEmpty().noneMatch(ticket::contains);
  }

  /** Those that fail with this severity, by the report that has all. */
  private List<String> rules(String severity) throws IOException {
    return JsonMapper.shared()
        .readTree(read("report.json"))
        .at("/images/0/outcomes")
        .valueStream()
        .filter(outcome -> outcome.path("outcome").asString().equals("fail"))
        .filter(outcome -> outcome.path("severity").asString().equals(severity))
        .map(outcome -> outcome.path("rule").asString())
        .toList();
  }

  @Test
  void everythingElseCountsAllOfThem() throws IOException {
    assertThat(
            JsonMapper.shared()
                .readTree(read("report.json"))
                .at("/summary/findings/low")
                .intValue())
        .isPositive();
    assertThat(read("summary.md")).contains(" low");
  }

  private String read(String file) throws IOException {
    return Files.readString(output.resolve(file));
  }
}
