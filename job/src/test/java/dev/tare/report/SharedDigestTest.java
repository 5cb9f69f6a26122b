package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.finding.JudgedImage;
import dev.tare.testing.SharedDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One digest in several repositories and registries, judged otherwise in each: in every format. */
class SharedDigestTest {
  @TempDir Path directory;

  private final List<JudgedImage> images = SharedDigest.run().images();

  @BeforeEach
  void write() {
    Reports reports = new Reports();
    reports.write(
        ReportInput.of(SharedDigest.run()).with(SharedDigest.tickets()),
        directory,
        reports.formats());
  }

  @Test
  void reportJsonSaysOfEachWhatWasFoundThere() {
    JsonNode report = json("report.json");
    for (JudgedImage image : images) {
      JsonNode told =
          report
              .path("images")
              .valueStream()
              .filter(one -> one.path("reference").asString().equals(image.reference()))
              .findFirst()
              .orElseThrow();
      assertThat(told.path("verdict").asString()).isEqualTo(image.verdict().word());
      assertThat(told.at("/facts/profile").asString())
          .isEqualTo(image.facts().path("profile").asString());
      assertThat(told.path("outcomes").valueStream().map(one -> one.path("outcome").asString()))
          .containsExactlyElementsOf(
              image.outcomes().stream().map(one -> one.kind().word()).toList());
    }
  }

  @Test
  void everyImageIsARowOfTheTable() throws IOException {
    List<String> rows = Files.readAllLines(directory.resolve("images.csv"));
    for (JudgedImage image : images) {
      assertThat(rows)
          .filteredOn(row -> row.startsWith(image.reference() + ","))
          .singleElement()
          .asString()
          .contains("," + image.verdict().word() + "," + image.facts().path("profile").asString());
    }
  }

  @Test
  void findingsNameTheirRepository() {
    List<JsonNode> results = json("findings.sarif").at("/runs/0/results").valueStream().toList();
    assertThat(results)
        .extracting(
            one -> one.at("/locations/0/physicalLocation/artifactLocation/uri").asString(),
            one -> one.has("suppressions"))
        .containsExactlyInAnyOrder(
            tuple("registry.test/a/app", false),
            tuple("registry.test/b/app", true),
            tuple("mirror.test/a/app", false));
    assertThat(results)
        .extracting(one -> one.at("/partialFingerprints/tareFinding~1v1").asString())
        .doesNotHaveDuplicates();
  }

  @Test
  void everyImageIsASuiteWithItsOwnFailures() throws IOException {
    String suites = Files.readString(directory.resolve("junit.xml"));
    for (JudgedImage image : images) {
      assertThat(suites).contains("<testsuite name=\"" + image.reference() + " linux/amd64\"");
    }
    assertThat(suites.split("<failure", -1)).hasSize(3);
  }

  @Test
  void everyRepositoryHasAPolicyReport() throws IOException {
    try (var documents =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(directory.resolve("policyreport.yaml").toFile())) {
      assertThat(documents.readAll())
          .extracting(one -> one.path("metadata").path("name").asString())
          .hasSize(images.size())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void everyImageIsAnInventoryItem() {
    assertThat(
            json("oscal.json")
                .at("/assessment-results/results/0/local-definitions/inventory-items")
                .valueStream()
                .map(one -> one.path("uuid").asString()))
        .hasSize(images.size())
        .doesNotHaveDuplicates();
  }

  @Test
  void everyImageHasAnInventoryOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("sbom"))) {
      assertThat(
              files.map(file ->
                  JsonMapper.shared().readTree(file).at("/metadata/component/name").asString()))
          .containsExactlyInAnyOrderElementsOf(
              images.stream().map(one -> one.registry() + "/" + one.repository()).toList());
    }
  }

  private JsonNode json(String name) {
    return JsonMapper.shared().readTree(directory.resolve(name));
  }
}
