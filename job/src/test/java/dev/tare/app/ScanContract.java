package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.SampleImages;
import dev.tare.testing.Programs;
import dev.tare.testing.RegistryCrawl;
import dev.tare.testing.RegistryFixture;
import dev.tare.testing.Skopeo;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The main job against a registry, twice: what holds whichever registry it is. Sample images are
 * always there, real ones where skopeo and {@link TestImages} are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScanContract {
  /** Real images by the name they are pushed under. */
  private static final Map<String, String> REAL =
      Map.of(
          "real/alpine:3.10", "docker-archive:docker-save/alpine-3.10-4gzlayers-whiteout.tar",
          "real/npm:1", "oci-archive:oci/npm-lock-alpine3.19.tar",
          "real/busybox:whiteout", "docker-archive:docker-save/busybox-whiteout.tar",
          "real/busybox:attested", "oci-archive:oci/busybox-arm64-attestation.tar",
          "real/layers:14", "docker-archive:docker-save/dive-busybox-14layers.tar",
          "real/hello:multi", "oci:oci/hello-world-9arch",
          "real/pause:2.0", "docker-archive:docker-save/pause-2.0.tar",
          "real/zstd:1", "oci-archive:oci/dive-zstd.tar");

  private RegistryFixture registry;
  private RegistryCrawl content;
  private Path output;
  private CommandLineRun first;
  private WrittenReport firstReport;
  private Map<String, String> firstTickets;
  private CommandLineRun second;
  private WrittenReport secondReport;
  private boolean withRealImages;

  abstract RegistryFixture start();

  @BeforeAll
  void scanTwice(@TempDir Path directory) throws IOException {
    registry = start();
    SampleImages.of(registry.host(), InstantSource.system()).push();
    withRealImages = Programs.isInstalled("skopeo") && TestImages.areThere();
    if (withRealImages) {
      REAL.forEach((name, source) -> {
        int colon = source.indexOf(':') + 1;
        Skopeo.push(
            source.substring(0, colon) + TestImages.path(source.substring(colon)),
            registry.host() + "/" + name);
      });
    }
    content = RegistryCrawl.of(registry.host());
    output = directory.resolve("out");
    first = scan(directory.resolve("state"));
    firstReport = WrittenReport.in(output);
    firstTickets = tickets();
    second = scan(directory.resolve("state"));
    secondReport = WrittenReport.in(output);
  }

  @AfterAll
  void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  private CommandLineRun scan(Path state) {
    return CommandLineRun.of(
        "scan",
        registry.host(),
        "--state",
        state.toString(),
        "-o",
        output.toString(),
        "--no-progress");
  }

  private Map<String, String> tickets() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output.resolve("tickets"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(output.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  @Test
  void findingsMakeExitStatusOne() {
    assertThat(first.status()).as(first.err()).isEqualTo(1);
    assertThat(second.status()).as(second.err()).isEqualTo(1);
    assertThat(first.err()).doesNotContain("\tat ");
  }

  @Test
  void everyImageOfEveryPlatformIsInTheReport() {
    assertThat(firstReport.imageNames()).isEqualTo(content.images());
    assertThat(firstReport.notInspected()).isEmpty();
    JsonNode summary = firstReport.summary();
    assertThat(summary.path("repositories").intValue()).isEqualTo(content.repositories().size());
    assertThat(summary.path("images").intValue()).isEqualTo(digests(content.images()).size());
  }

  /** Repository and digest: an image with two tags counts once. */
  private static Set<String> digests(Set<String> names) {
    Set<String> digests = new TreeSet<>();
    for (String name : names) {
      digests.add(name.substring(0, name.indexOf(':')) + name.substring(name.lastIndexOf(' ')));
    }
    return digests;
  }

  @Test
  void attestationsAreSetApart() {
    assertThat(firstReport.summary().path("attached").intValue())
        .isEqualTo(content.attached().size());
    for (JsonNode image : firstReport.images()) {
      assertThat(content.attached()).doesNotContain(image.path("digest").stringValue());
    }
    if (withRealImages) {
      assertThat(content.attached()).isNotEmpty();
    }
  }

  @Test
  void everyLayerIsFetchedOnce() {
    JsonNode summary = firstReport.summary();
    assertThat(summary.path("layersUnique").intValue()).isEqualTo(content.layers().size());
    assertThat(summary.path("layersFetched").intValue()).isEqualTo(content.layers().size());
    assertThat(summary.path("bytesFetched").longValue()).isEqualTo(content.layerBytes());
  }

  @Test
  void secondScanFetchesNoLayer() {
    JsonNode summary = secondReport.summary();
    assertThat(summary.path("layersUnique").intValue()).isEqualTo(content.layers().size());
    assertThat(summary.path("layersFetched").intValue()).isZero();
    assertThat(summary.path("bytesFetched").longValue()).isZero();
  }

  @Test
  void secondScanComesToTheSame() {
    assertThat(secondReport.withoutTimesAndEarlierRun())
        .isEqualTo(firstReport.withoutTimesAndEarlierRun());
  }

  @Test
  void secondScanFindsNothingNewAndNothingFixed() {
    assertThat(firstReport.since().isMissingNode()).isTrue();
    assertThat(secondReport.since().path("unchanged").intValue()).isPositive();
    for (String change : List.of("new", "fixed", "waived", "unknown", "gone")) {
      assertThat(secondReport.since().path(change).intValue()).as(change).isZero();
    }
  }

  @Test
  void secondScanChangesNoTicket() throws IOException {
    assertThat(tickets()).isEqualTo(firstTickets);
  }

  @Test
  void eachFailingRepositoryHasOneTicketForEachTagLine() {
    Set<String> expected = new TreeSet<>();
    for (JsonNode image : firstReport.images()) {
      if (image.path("verdict").stringValue().equals("failing")) {
        // The fixture has versions, of which all are one line, and words.
        String tag = image.path("tags").path(0).stringValue();
        expected.add(
            image.path("repository").stringValue() + ":" + (tag.matches("[0-9.]+") ? "*" : tag));
      }
    }
    List<String> tickets =
        firstTickets.values().stream()
            .map(text -> frontMatter(text, "repository") + ":" + frontMatter(text, "tags"))
            .toList();
    assertThat(tickets).contains("team/web:*").containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String frontMatter(String ticket, String key) {
    return ticket
        .lines()
        .filter(line -> line.startsWith(key + ": "))
        .map(line -> line.substring(key.length() + 2).replace("\"", ""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void configAndLayersAreTheOnesThatSkopeoSees() {
    Programs.assumeInstalled("skopeo");
    List<String> names = new ArrayList<>(List.of("team/web:1.5", "team/api:2.0", "team/batch:7"));
    if (withRealImages) {
      names.addAll(List.of("real/alpine:3.10", "real/npm:1", "real/layers:14"));
    }
    for (String name : names) {
      JsonNode facts = firstReport.facts(name);
      JsonNode config = skopeoConfig(name);
      JsonNode manifest = read(Skopeo.rawManifest(registry.host() + "/" + name));
      assertThat(facts.path("layerCount").intValue()).isEqualTo(manifest.path("layers").size());
      assertThat(texts(facts.path("layers"), "digest"))
          .isEqualTo(texts(manifest.path("layers"), "digest"));
      assertThat(strings(facts.path("image").path("config").path("entrypoint")))
          .isEqualTo(strings(config.path("config").path("Entrypoint")));
      assertThat(strings(facts.path("image").path("config").path("cmd")))
          .isEqualTo(strings(config.path("config").path("Cmd")));
      assertThat(facts.path("image").path("config").path("user").asString(""))
          .isEqualTo(config.path("config").path("User").asString(""));
      assertThat(texts(facts.path("layers"), "diffId"))
          .isEqualTo(strings(config.path("rootfs").path("diff_ids")));
      assertThat(facts.path("historyCount").intValue()).isEqualTo(config.path("history").size());
    }
  }

  private JsonNode skopeoConfig(String name) {
    return read(
        Programs.run(
            "skopeo",
            "inspect",
            "--config",
            "--tls-verify=false",
            "docker://" + registry.host() + "/" + name));
  }

  @ParameterizedTest
  @CsvSource({
    "real/alpine:3.10, docker-save_alpine-3.10-4gzlayers-whiteout.tar.txt",
    "real/npm:1, oci_npm-lock-alpine3.19.tar.txt"
  })
  void packagesAreTheOnesOfThePackageManager(String name, String list) throws IOException {
    Path known = TestImages.path("packages/" + list);
    Programs.assumeInstalled("skopeo");
    List<String> expected =
        Files.readAllLines(known).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> String.join(" ", List.of(line.split("\t", -1)).subList(0, 2)))
            .sorted()
            .toList();
    List<String> packages = new ArrayList<>();
    for (JsonNode item : firstReport.facts(name).path("packages").path("items")) {
      packages.add(item.path("name").stringValue() + " " + item.path("version").stringValue());
    }
    assertThat(packages.stream().sorted().toList()).isEqualTo(expected);
  }

  private static JsonNode read(String json) {
    return JsonMapper.builder().build().readTree(json);
  }

  private static List<String> texts(JsonNode array, String property) {
    return array.valueStream().map(node -> node.path(property).stringValue()).toList();
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::stringValue).toList();
  }
}
