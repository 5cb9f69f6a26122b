package dev.tare.report.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.JudgedImage;
import dev.tare.report.ReportInput;
import dev.tare.report.Reports;
import dev.tare.testing.SampleRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.generators.BomGeneratorFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.component.evidence.Identity;
import org.cyclonedx.model.component.evidence.Method;
import org.cyclonedx.model.vulnerability.Vulnerability;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SbomReportWriterTest {
  @TempDir Path directory;

  private final SampleRun run = SampleRun.small();
  private final JsonParser parser = new JsonParser();

  @BeforeEach
  void write() {
    new Reports().write(ReportInput.of(run), directory, List.of("sbom"));
  }

  @Test
  void everyImageHasAnInventoryThatIsValidCycloneDx() throws Exception {
    Set<String> names = new HashSet<>();
    for (JudgedImage image : run.images()) {
      File file = file(image).toFile();
      names.add(file.getName());
      // The validator reads the schema anew each time, which takes a second.
      if (names.size() % 4 == 1) {
        assertThat(parser.validate(file, Version.VERSION_16)).as(file.getName()).isEmpty();
      }
      Bom bom = parser.parse(file);
      assertThat(bom.getMetadata().getComponent().getVersion()).isEqualTo(image.digest());
    }
    assertThat(directory.resolve("sbom").toFile().list())
        .containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void anInventoryIsWhatTheLibrarysOwnGeneratorWrites() throws Exception {
    InventoryGenerator generator = new InventoryGenerator(new Bom(), Version.VERSION_16);
    List<String> texts =
        List.of("as it is", " at ends ", "two  spaces", "a\tb\r\nc\nd\re", " ", "");
    for (JudgedImage image : run.images()) {
      SbomReportWriter.fill(generator.bom(), run.run(), image);
      Component strange = new Component();
      strange.setType(Component.Type.FILE);
      strange.setName("strange");
      strange.setProperties(texts.stream().map(text -> new Property("text", text)).toList());
      generator.bom().addComponent(strange);
      assertThat(generator.toJsonString())
          .isEqualTo(
              BomGeneratorFactory.createJson(Version.VERSION_16, generator.bom()).toJsonString());
    }
  }

  @Test
  void vulnerabilitiesNameTheComponentsThatHaveThemAndAreMissingWhereNothingWasMatched()
      throws Exception {
    int affected = 0;
    for (JudgedImage image : run.images()) {
      Bom bom = parser.parse(file(image).toFile());
      Vulnerabilities found = StoredFacts.of(image.facts()).vulnerabilities();
      if (!found.isKnown()) {
        assertThat(bom.getVulnerabilities()).isNull();
        continue;
      }
      Map<String, Component> components =
          bom.getComponents().stream()
              .collect(Collectors.toMap(Component::getBomRef, Function.identity()));
      List<Vulnerability> all = Objects.requireNonNullElse(bom.getVulnerabilities(), List.of());
      assertThat(all).hasSize(Vulnerabilities.sum(found.counts()) + found.excludedCount());
      assertThat(all)
          .filteredOn(one -> one.getAnalysis() != null)
          .hasSize(found.excludedCount())
          .allSatisfy(one -> {
            assertThat(one.getAnalysis().getState())
                .isEqualTo(Vulnerability.Analysis.State.NOT_AFFECTED);
            assertThat(one.getAnalysis().getDetail())
                .isEqualTo(
                    "vulnerable_code_not_present; stated by security@example.com, until 2027-11-01");
          });
      for (Vulnerability one : all) {
        affected++;
        Vulnerabilities.Item item =
            Stream.concat(found.items().stream(), found.excluded().stream())
                .filter(i -> one.getId().equals(i.id()))
                .findFirst()
                .orElseThrow();
        assertThat(one.getAffects())
            .isNotEmpty()
            .allSatisfy(affect -> {
              Component component = Objects.requireNonNull(components.get(affect.getRef()));
              assertThat(component.getName()).isEqualTo(item.packageName());
              assertThat(component.getVersion()).isEqualTo(item.installed());
            });
        assertThat(one.getRecommendation() != null).isEqualTo(item.fixed() != null);
      }
      assertThat(bom.getMetadata().getComponent().getProperties())
          .anySatisfy(property -> {
            assertThat(property.getName()).isEqualTo("tare:advisories");
            assertThat(property.getValue()).contains("2026-11-20");
          });
    }
    assertThat(affected).isPositive();
  }

  @Test
  void packagesAreComponentsUnderTheirPackageUrl() throws Exception {
    for (JudgedImage image : run.images()) {
      List<JsonNode> items = image.facts().at("/packages/items").valueStream().toList();
      List<Component> libraries =
          Stream.ofNullable(parser.parse(file(image).toFile()).getComponents())
              .flatMap(List::stream)
              .filter(one -> one.getType() == Component.Type.LIBRARY)
              .toList();
      assertThat(libraries)
          .extracting(Component::getName)
          .containsExactlyElementsOf(
              items.stream().map(item -> item.path("name").stringValue()).toList());
      assertThat(libraries)
          .extracting(Component::getPurl)
          .containsExactlyElementsOf(
              items.stream().map(item -> item.path("purl").asString(null)).toList());
    }
  }

  /** A jar that is known by the name of its file is no certain component. */
  @Test
  void packageThatIsNotSureSaysHowSureItIs() {
    JudgedImage image = run.images().getFirst();
    JsonNode facts =
        JsonMapper.shared()
            .readTree(
                """
                {"packages": {"items": [
                  {"type": "maven", "name": "core", "version": "1", "purl": null,
                    "evidence": ["file-name", "manifest"], "confidence": 0.7},
                  {"type": "deb", "name": "tzdata", "version": "2",
                    "evidence": ["database"], "confidence": 1}]}}
                """);
    Bom bom = new Bom();
    SbomReportWriter.fill(
        bom,
        run.run(),
        new JudgedImage(
            image.registry(),
            image.repository(),
            image.tags(),
            image.reference(),
            image.digest(),
            image.platform(),
            image.verdict(),
            facts,
            image.outcomes()));

    Identity identity = bom.getComponents().getFirst().getEvidence().getIdentities().getFirst();
    assertThat(identity.getConfidence()).isEqualTo(0.7);
    assertThat(identity.getMethods())
        .extracting(Method::getTechnique)
        .containsExactly(Method.Technique.FILENAME, Method.Technique.MANIFEST_ANALYSIS);
    assertThat(bom.getComponents().get(1).getEvidence()).isNull();
  }

  @Test
  void aGapIsStatedSoThatTheInventoryDoesNotReadAsComplete() throws Exception {
    JudgedImage image =
        run.images().stream()
            .filter(one -> one.repository().equals("partner/reporting"))
            .findFirst()
            .orElseThrow();
    assertThat(parser.parse(file(image).toFile()).getMetadata().getComponent().getProperties())
        .filteredOn(property -> property.getName().equals("tare:notMeasured"))
        .extracting(Property::getValue)
        .contains("packages");
  }

  @Test
  void inventoriesOfImagesThatAreNoMoreAreRemoved() throws IOException {
    new Reports().write(ReportInput.of(SampleRun.empty()), directory, List.of("sbom"));
    assertThat(Files.exists(file(run.images().getFirst()))).isFalse();
  }

  private Path file(JudgedImage image) {
    return directory.resolve(SbomReportWriter.fileName(image));
  }
}
