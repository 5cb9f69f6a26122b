package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.LayerTar;
import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.RawPush;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What a scan takes over from the one before. Each scene is scanned twice, from the same state: as
 * it is, and with all forgotten that could be taken over. Both must come to the same.
 */
class WarmScanIT {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  /** Of an age that is 180 days, the most that is allowed, within a month. */
  private static final String BUILT = "2026-06-20T08:00:00Z";

  @TempDir Path directory;
  private LoopbackFixture registry;
  private RawPush push;
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final List<String> options = new ArrayList<>();
  private LayerTar.Blob system;
  private LayerTar.Blob application;
  private int scans;

  @BeforeEach
  void pushBaseAndApplications() throws Exception {
    registry = LoopbackFixture.start();
    push = new RawPush(registry.host());
    system =
        LayerTar.of()
            .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n")
            .executable("bin/sh", "#!/bin/true\n")
            .tar();
    application = LayerTar.of().executable("app/run", "#!/bin/sh\n").tar();
    image("base/debian", "12", "root", system);
    image("team/app", "1", "1000", system, application);
    image("team/app", "2", "", system, LayerTar.of().file("app/2", "two").tar());
    scan("state");
  }

  @AfterEach
  void stop() {
    push.close();
    registry.close();
  }

  /** Pushes an image and returns its digest. */
  private String image(String repository, String tag, String user, LayerTar.Blob... layers)
      throws Exception {
    for (LayerTar.Blob layer : layers) {
      push.blob(repository, new String(layer.bytes(), StandardCharsets.UTF_8));
    }
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"%s\",\"config\":{\"User\":\"%s\",\"Cmd\":[\"/app/run\"]},\"history\":[%s],\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
            .formatted(
                BUILT,
                user,
                Arrays.stream(layers)
                    .map(layer -> "{\"created\":\"" + BUILT + "\",\"created_by\":\"COPY\"}")
                    .collect(Collectors.joining(",")),
                Arrays.stream(layers)
                    .map(layer -> "\"" + layer.diffId() + "\"")
                    .collect(Collectors.joining(",")));
    push.blob(repository, config);
    return push.manifest(
        repository,
        tag,
        MANIFEST,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                MANIFEST,
                descriptor(CONFIG, RawPush.sha256(config), config.length()),
                Arrays.stream(layers)
                    .map(layer ->
                        descriptor(
                            LAYER, layer.descriptor().digest().toString(), layer.bytes().length))
                    .collect(Collectors.joining(","))));
  }

  private static String descriptor(String mediaType, String digest, int size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, size);
  }

  private WrittenReport scan(String state) {
    Path output = directory.resolve("out-" + scans++);
    List<String> words =
        new ArrayList<>(
            List.of(
                "scan",
                registry.host(),
                "--state",
                directory.resolve(state).toString(),
                "-o",
                output.toString(),
                "--format",
                "json",
                "--tickets",
                "none",
                "--fail-on",
                "never",
                "--no-progress"));
    words.addAll(options);
    CommandLineRun run = CommandLineRun.of(clock, Map.of(), words.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return WrittenReport.in(output);
  }

  /** Scans with and without what could be taken over; both come to the same, which is returned. */
  private WrittenReport scanBoth() throws Exception {
    String other = "without-" + scans;
    Files.createDirectories(directory.resolve(other));
    try (var files = Files.list(directory.resolve("state"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, directory.resolve(other).resolve(file.getFileName()));
      }
    }
    change(other, "UPDATE tare_listed SET last_made_of = NULL, last_judged = NULL");
    WrittenReport without = scan(other);
    WrittenReport with = scan("state");
    assertThat(with.withoutTimes()).isEqualTo(without.withoutTimes());
    return with;
  }

  private void change(String state, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:"
                    + directory.resolve(state).resolve("tare")
                    + ";DATABASE_TO_LOWER=TRUE");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  /** By image and rule: what it came to, in words. */
  private static Map<String, String> outcomes(WrittenReport report) {
    Map<String, String> outcomes = new TreeMap<>();
    for (JsonNode image : report.images()) {
      String name =
          image.path("repository").asString() + ":" + image.path("tags").path(0).asString();
      for (JsonNode outcome : image.path("outcomes")) {
        outcomes.put(
            name + " " + outcome.path("rule").asString(),
            outcome.path("outcome").asString() + ": " + outcome.path("message").asString());
      }
    }
    return outcomes;
  }

  @Test
  void unchangedImagesAreNeitherDescribedNorJudgedAgainOnTheSameDay() throws Exception {
    Map<String, String> first = outcomes(scan("state"));
    assertThat(outcomes(scanBoth())).isEqualTo(first);
    // Whoever looks again sees through it.
    change("state", "UPDATE tare_listed SET last_verdict = 'unknown' WHERE sort_tag = '1'");
    change(
        "state",
        "UPDATE tare_content SET content = (SELECT c.content FROM tare_content c JOIN tare_listed n ON c.id = n.last_facts_id"
            + " WHERE n.sort_tag = '12') WHERE id = (SELECT last_facts_id FROM tare_listed WHERE sort_tag = '1')");
    clock = Clock.fixed(NOW.plus(Duration.ofHours(2)), ZoneOffset.UTC);
    WrittenReport report = scan("state");
    assertThat(report.root().path("images").valueStream())
        .filteredOn(image -> image.path("tags").path(0).asString("").equals("1"))
        .singleElement()
        .satisfies(image -> {
          assertThat(image.path("verdict").asString()).isEqualTo("unknown");
          assertThat(image.path("facts").path("image").path("repository").asString())
              .isEqualTo("base/debian");
          assertThat(image.path("facts").path("evaluatedAt").asString())
              .isEqualTo("2026-11-29T12:00:00Z");
        });
  }

  @Test
  void onAnotherDayOnlyRulesThatReadTheTimeAreJudgedAgain() throws Exception {
    Map<String, String> first = outcomes(scan("state"));
    change(
        "state",
        "UPDATE tare_listed SET last_outcomes_id = (SELECT last_outcomes_id FROM tare_listed WHERE sort_tag = '12'),"
            + " last_other_outcomes = NULL WHERE sort_tag = '1'");
    clock = Clock.fixed(NOW.plus(Duration.ofDays(31)), ZoneOffset.UTC);
    Map<String, String> later = outcomes(scan("state"));
    assertThat(later.get("team/app:1 TARE-USER-001"))
        .isEqualTo(first.get("base/debian:12 TARE-USER-001"))
        .isNotEqualTo(first.get("team/app:1 TARE-USER-001"));
    assertThat(first.get("team/app:1 TARE-FRESH-001")).startsWith("pass: Built 162 days ago");
    assertThat(later.get("team/app:1 TARE-FRESH-001")).startsWith("fail: Built 193 days ago");
  }

  @Test
  void whateverChangesComesToTheSameAsWithoutAnythingTakenOver() throws Exception {
    WrittenReport before = scanBoth();

    options.addAll(
        List.of("-c", file("tare.yaml", "settings: {rules: {TARE-FRESH-001: {maxDays: 100}}}")));
    before = changed("other settings", before);
    options.clear();
    before = changed("settings as they were", before);

    options.addAll(
        List.of(
            "--waivers",
            file(
                "waivers.yaml",
                "waivers: [{rule: TARE-USER-001, image: '**', reason: r, owner: o, expires: 2026-12-10}]")));
    before = changed("a waiver", before);
    clock = Clock.fixed(NOW.plus(Duration.ofDays(31)), ZoneOffset.UTC);
    before = changed("31 days later, the waiver has expired", before);
    options.clear();

    image("base/debian", "12", "root", system, LayerTar.of().file("etc/new", "new").tar());
    before = changed("a new base", before);

    String moved =
        image("team/app", "2", "1000", system, application, LayerTar.of().file("a", "b").tar());
    before = changed("a moved tag", before);

    String signature =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[]}"
            .formatted(MANIFEST, descriptor(CONFIG, push.blob("team/app", "{}"), 2));
    push.manifest("team/app", moved.replace(':', '-') + ".sig", MANIFEST, signature);
    before = changed("a signature", before);

    options.addAll(
        List.of(
            "--bases",
            file(
                "bases.yaml",
                "registries: []\nbases: [{references: ['golden.test/app:1'], digest: 'sha256:%s', platform: linux/amd64, diff-ids: ['%s', '%s']}]"
                    .formatted("ab".repeat(32), system.diffId(), application.diffId()))));
    before = changed("another catalogue", before);

    String sbom = "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"purl\": \"pkg:npm/a@1\"}]}";
    image("team/app", "3", "1", system, LayerTar.of().file("opt/a/a.cdx.json", sbom).tar());
    before = changed("an image with an SBOM", before);
    options.addAll(List.of("--trust-sbom", "/opt/**"));
    before = changed("an SBOM that somebody vouches for", before);

    image("other/copy", "1", "1000", system, application);
    changed("the same digest in a second repository", before);
  }

  private WrittenReport changed(String scene, WrittenReport before) throws Exception {
    WrittenReport now = scanBoth();
    assertThat(images(now).equals(images(before))).as(scene + " changes nothing").isFalse();
    return now;
  }

  private static JsonNode images(WrittenReport report) {
    return report.withoutTimesAndEarlierRun().path("images");
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content).toString();
  }
}
