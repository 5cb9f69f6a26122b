package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.testing.FeedServer;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.RawPush;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a feed in a file to verdicts, and again with another feed. */
class VulnerabilitiesIT {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final String CVE = "CVE-2026-0001";
  private static final String KNOWN_EXPLOITED =
      "/sites/default/files/feeds/known_exploited_vulnerabilities.json";

  @TempDir Path directory;
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-29T10:00:00Z"), ZoneOffset.UTC);
  private LoopbackFixture registry;
  private RawPush push;
  private int scans;

  @BeforeEach
  void pushImages() throws Exception {
    registry = LoopbackFixture.start();
    push = new RawPush(registry.host());
    image("team/curl", "curl", "8.1.0-r0");
    image("team/zlib", "zlib", "1.3.0-r0");
  }

  @AfterEach
  void stop() {
    push.close();
    registry.close();
  }

  /** A Wolfi with one package. */
  private void image(String repository, String name, String version) throws Exception {
    image(repository, name, version, "");
  }

  private void image(String repository, String name, String version, String more) throws Exception {
    LayerTar.Blob layer =
        LayerTar.of()
            .file("srv/more", more)
            .file("etc/os-release", "ID=wolfi\nVERSION_ID=20230201\n")
            .file(
                "usr/lib/apk/db/installed",
                "P:lib%s\nV:%s\nA:x86_64\no:%s\nI:10\n\n".formatted(name, version, name))
            .tar();
    push.blob(repository, new String(layer.bytes(), StandardCharsets.UTF_8));
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"User\":\"1000\"},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
            .formatted(layer.diffId());
    push.blob(repository, config);
    push.manifest(
        repository,
        "1",
        MANIFEST,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d},\"layers\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}]}"
            .formatted(
                MANIFEST,
                CONFIG,
                RawPush.sha256(config),
                config.length(),
                LAYER,
                layer.descriptor().digest(),
                layer.bytes().length));
  }

  /** A record of OSV about a package of Wolfi. */
  private static String record(String id, String name, String fixed, String severity) {
    return ("{\"id\":\"%s\",\"modified\":\"2026-11-01T00:00:00Z\",\"database_specific\":{\"severity\":\"%s\"},"
            + "\"affected\":[{\"package\":{\"ecosystem\":\"Wolfi\",\"name\":\"%s\"},\"ranges\":[{\"type\":\"ECOSYSTEM\","
            + "\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"%s\"}]}]}]}")
        .formatted(id, severity, name, fixed);
  }

  private CommandLineRun tare(String... words) {
    return CommandLineRun.of(clock, Map.of(), words);
  }

  private CommandLineRun update(String state, Path from) {
    return tare("vulnerabilities", "update", "--from", from.toString(), "--state", state(state));
  }

  private String state(String name) {
    return directory.resolve(name).toString();
  }

  private Path feeds(String... records) throws IOException {
    Path feeds = Files.createDirectories(directory.resolve("feeds-" + scans++));
    for (int i = 0; i < records.length; i++) {
      Files.writeString(feeds.resolve(i + ".json"), records[i]);
    }
    return feeds;
  }

  private static String secdb(String fixed) {
    return "{\"urlprefix\": \"https://packages.wolfi.dev/os\", \"packages\": [{\"pkg\": {\"name\": \"curl\", \"secfixes\": {\"%s\": [\"%s\"]}}}]}"
        .formatted(fixed, CVE);
  }

  private WrittenReport written() {
    return WrittenReport.in(directory.resolve("out-" + (scans - 1)));
  }

  /** A scan that asks for feeds, unless it is told not to. */
  private CommandLineRun scanned(String state, String... more) {
    return run(Map.of("TARE_VULNERABILITIES", "auto"), state, more);
  }

  private WrittenReport scan(String state, String... more) {
    run(Map.of(), state, more);
    return written();
  }

  private CommandLineRun run(Map<String, String> environment, String state, String... more) {
    Path output = directory.resolve("out-" + scans++);
    List<String> words =
        new ArrayList<>(
            List.of(
                "scan",
                registry.host(),
                "--state",
                state(state),
                "-o",
                output.toString(),
                "--format",
                "json,csv,metrics",
                "--tickets",
                "none",
                "--fail-on",
                "never",
                "--no-progress"));
    words.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of(clock, environment, words.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private static JsonNode image(WrittenReport report, String repository) {
    return report
        .root()
        .path("images")
        .valueStream()
        .filter(image -> image.path("repository").asString("").equals(repository))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> outcomes(JsonNode image) {
    Map<String, String> outcomes = new TreeMap<>();
    image
        .path("outcomes")
        .forEach(outcome ->
            outcomes.put(outcome.path("rule").asString(""), outcome.path("outcome").asString("")));
    return outcomes;
  }

  private String query(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:h2:file:" + directory.resolve("state/tare") + ";DATABASE_TO_LOWER=TRUE");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getObject(1));
    }
  }

  @Test
  void baseStandsBesideSmallerImagesThatWereMatchedWithTheSameFeeds() throws Exception {
    image("base/big", "curl", "8.1.0-r0", "x".repeat(20_000));
    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    WrittenReport report = scan("state");
    assertThat(report.root().at("/summary/vulnerabilities/counts/critical").asInt()).isEqualTo(2);

    String name = registry.host() + "/base/big:1";
    CommandLineRun lineage = tare("lineage", name, "--state", state("state"));
    assertThat(lineage.status()).as(lineage.err()).isZero();
    assertThat(lineage.out())
        .contains("VULN", "FIXABLE")
        .containsPattern("base/big:1 +\\S+ kB +1 +1 +1 +1 ")
        .containsPattern("team/zlib:1 +\\S+ kB +1 +0 +0 +0 ");

    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "LOW")));
    scan("state", "--include", "base/big:*");
    assertThat(tare("lineage", name, "--state", state("state")).out())
        .as("the smaller ones were matched with another revision of the feed")
        .containsPattern("base/big:1 +\\S+ kB +1 +1 +0 +1 ")
        .containsPattern("team/zlib:1 +\\S+ kB +1 +\\? +\\? +\\? ")
        .contains("matched with other feeds, or never: scan it again");
  }

  private Path vex(String statements) throws IOException {
    return Files.writeString(
        directory.resolve("vex-" + scans++ + ".json"),
        ("{'@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://example.com/vex', 'author':"
                + " 'security@example.com', 'timestamp': '2026-11-01T10:00:00Z', 'version': 1,"
                + " 'statements': ["
                + statements
                + "]}")
            .replace('\'', '"'));
  }

  private static String notAffected(String id, String product) {
    return ("{'vulnerability': {'name': '%s'}, 'products': ['%s'], 'status': 'not_affected',"
            + " 'justification': 'vulnerable_code_not_present'}")
        .formatted(id, product);
  }

  @Test
  void whatTheOperatorSaysTakesVulnerabilitiesAwayAsLongAsItIsSaid() throws Exception {
    image("team/other", "curl", "8.1.0-r0", "x");
    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    Path vex =
        vex(
            notAffected(CVE, "pkg:oci/curl?repository_url=" + registry.host() + "/team/curl")
                + ", "
                + notAffected("CVE-2020-0001", "pkg:apk/wolfi/libcurl"));

    CommandLineRun scanned = run(Map.of(), "state", "--vex", vex.toString());

    assertThat(scanned.out())
        .contains("Vulnerabilities: 1 critical (1 fixable), in 3 images; 1 different")
        .contains("Not counted: 1 that VEX statements say the images do not have")
        .contains(
            "VEX statement that matched nothing: CVE-2020-0001 on pkg:apk/wolfi/libcurl, of"
                + " security@example.com until 2027-11-01");
    WrittenReport report = written();
    assertThat(outcomes(image(report, "team/curl"))).containsEntry("TARE-CVE-001", "pass");
    assertThat(outcomes(image(report, "team/other"))).containsEntry("TARE-CVE-001", "fail");
    JsonNode excluded = image(report, "team/curl").at("/facts/vulnerabilities/excluded/0");
    assertThat(excluded.path("id").asString("")).isEqualTo(CVE);
    assertThat(excluded.at("/vex/author").asString("")).isEqualTo("security@example.com");
    assertThat(excluded.at("/vex/justification").asString(""))
        .isEqualTo("vulnerable_code_not_present");
    assertThat(report.root().at("/summary/vulnerabilities/excluded").asInt()).isEqualTo(1);
    assertThat(
            report.root().path("waivers").valueStream().map(one -> one.path("state").asString("")))
        .containsExactly("used", "unused");

    String curl = image(report, "team/curl").path("reference").asString("");
    assertThat(tare("diff", "state:" + curl, curl, "--state", state("state")).out())
        .as("what is said is no difference between images")
        .contains("Vulnerabilities  no difference")
        .contains("Rules  no difference");

    CommandLineRun evaluated =
        tare("evaluate", "--state", state("state"), "--fail-on", "never", "-o", state("ev"));
    assertThat(evaluated.out())
        .as("nothing is said any more")
        .contains("Vulnerabilities: 2 critical (2 fixable), in 3 images")
        .doesNotContain("VEX");
    assertThat(
            tare(
                    "evaluate",
                    "--vex",
                    vex.toString(),
                    "--state",
                    state("state"),
                    "--fail-on",
                    "never",
                    "-o",
                    state("ev"))
                .out())
        .contains("Vulnerabilities: 1 critical (1 fixable), in 3 images");

    WrittenReport again = scan("state");
    assertThat(outcomes(image(again, "team/curl"))).containsEntry("TARE-CVE-001", "fail");
    assertThat(image(again, "team/curl").at("/facts/vulnerabilities/excluded")).isEmpty();
  }

  private Path trivy(String repository, String entries) throws IOException {
    String digest =
        written()
            .root()
            .path("images")
            .valueStream()
            .filter(image -> image.path("repository").asString("").equals(repository))
            .map(image -> image.path("digest").asString(""))
            .findFirst()
            .orElseThrow();
    return Files.writeString(
        directory.resolve("trivy-" + scans++ + ".json"),
        ("{'SchemaVersion': 2, 'CreatedAt': '2026-11-28T10:00:00Z', 'ArtifactName': 'app', 'Metadata': {'RepoDigests': ['"
                + registry.host()
                + "/"
                + repository
                + "@"
                + digest
                + "']}, 'Results': [{'Vulnerabilities': ["
                + entries
                + "]}]}")
            .replace('\'', '"'));
  }

  @Test
  void whatAnotherScannerFoundCountsWhereNoFeedIsAboutTheImageAndElseStandsBeside()
      throws Exception {
    scan("state");
    Path results =
        trivy(
            "team/curl",
            "{'VulnerabilityID': 'CVE-2026-0009', 'PkgName': 'libcurl', 'InstalledVersion': '8.1.0-r0', 'Severity': 'CRITICAL', 'Status': 'fixed', 'FixedVersion': '9'}");

    CommandLineRun imported = run(Map.of(), "state", "--scan-results", results.toString());

    assertThat(imported.out())
        .contains("Vulnerabilities: 1 critical (1 fixable), in 1 image; 1 different")
        .contains("Of these, 1 image as another scanner found: no feed is about them");
    assertThat(outcomes(image(written(), "team/curl"))).containsEntry("TARE-CVE-001", "fail");
    assertThat(outcomes(image(written(), "team/zlib"))).containsEntry("TARE-CVE-001", "unknown");

    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "LOW")));
    run(Map.of(), "state", "--scan-results", results.toString());
    JsonNode beside = image(written(), "team/curl").at("/facts/vulnerabilities");
    assertThat(beside.at("/counts/critical").asInt()).isZero();
    assertThat(beside.at("/counts/low").asInt()).isEqualTo(1);
    assertThat(beside.at("/imports/0/both").asInt()).isZero();
    assertThat(beside.at("/imports/0/onlyImported/0").asString("")).isEqualTo("CVE-2026-0009");
    assertThat(beside.at("/imports/0/onlyMatched/0").asString("")).isEqualTo(CVE);

    assertThat(scan("state").root().at("/summary/vulnerabilities/imported").asInt()).isZero();
    assertThat(image(written(), "team/curl").at("/facts/vulnerabilities/imports")).isEmpty();
  }

  @Test
  void vexThatCannotBeReadLeavesNoRun() throws IOException {
    Path broken = Files.writeString(directory.resolve("vex.json"), "{}");

    CommandLineRun run =
        tare("scan", registry.host(), "--vex", broken.toString(), "--state", state("state"));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("read VEX " + broken + ": neither OpenVEX nor CycloneDX");
    assertThat(tare("runs", "--state", state("state")).out()).contains("No runs");
  }

  @Test
  void endOfAScanSaysWhatIsKnownAndWhatIsNotCovered() throws Exception {
    CommandLineRun without = tare(words("without"));
    assertThat(without.out())
        .contains("Vulnerabilities: not known: no feed of advisories is kept")
        .doesNotContain("FIXABLE");

    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    assertThat(tare(words("state")).out())
        .contains("FIXABLE")
        .contains("Vulnerabilities: 1 critical (1 fixable), in 2 images; 1 different");
    assertThat(tare("runs", "--state", state("state")).out()).contains("VULN");
  }

  @Test
  void inventoriesAndAlertsNameVulnerabilitiesAndAreWrittenAgainByALaterScan() throws Exception {
    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    for (int i = 0; i < 2; i++) {
      CommandLineRun run =
          tare(
              Stream.concat(Stream.of(words("state")), Stream.of("--format", "sbom,sarif"))
                  .toArray(String[]::new));
      assertThat(run.status()).as(run.err()).isZero();
      try (Stream<Path> files = Files.list(Path.of(state("out-state")).resolve("sbom"))) {
        assertThat(files.map(VulnerabilitiesIT::text))
            .hasSize(2)
            .anySatisfy(text ->
                assertThat(text).contains(CVE, "Update libcurl to 8.2.0-r0.", "tare:advisories"))
            .anySatisfy(text -> assertThat(text).doesNotContain(CVE).contains("tare:advisories"));
      }
      JsonNode sarif =
          JsonMapper.shared().readTree(text(Path.of(state("out-state")).resolve("findings.sarif")));
      assertThat(sarif.at("/runs/0/results").valueStream())
          .filteredOn(result -> result.path("ruleId").asString("").equals("TARE-CVE-001"))
          .singleElement()
          .satisfies(result -> {
            JsonNode properties = result.path("properties");
            assertThat(properties.path("vulnerabilitiesWorst").path(0).asString("")).isEqualTo(CVE);
            assertThat(properties.at("/vulnerabilities/critical").asInt()).isEqualTo(1);
            assertThat(properties.at("/vulnerabilitiesFixable/critical").asInt()).isEqualTo(1);
          });
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String[] words(String state) {
    return new String[] {
      "scan",
      registry.host(),
      "--state",
      state(state),
      "-o",
      state("out-" + state),
      "--tickets",
      "none",
      "--fail-on",
      "never",
      "--no-progress"
    };
  }

  @Test
  void feedReachesFactsVerdictsAndInspection() throws Exception {
    CommandLineRun updated = update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    assertThat(updated.status()).as(updated.err()).isZero();
    assertThat(updated.out()).contains("osv:Wolfi: 1 advisory");
    assertThat(tare("vulnerabilities", "status", "--state", state("state")).out())
        .contains("osv:Wolfi", "apk", "2026-11-01", "2026-11-29");

    WrittenReport report = scan("state");

    JsonNode hit = image(report, "team/curl");
    JsonNode item = hit.path("facts").path("vulnerabilities").path("items").path(0);
    assertThat(item.path("id").asString("")).isEqualTo(CVE);
    assertThat(item.path("package").asString("")).isEqualTo("libcurl");
    assertThat(item.path("fixed").asString("")).isEqualTo("8.2.0-r0");
    assertThat(item.path("layer").asInt()).isZero();
    assertThat(Files.readString(directory.resolve("out-" + (scans - 1)).resolve("images.csv")))
        .contains("vulnerabilities_critical,vulnerabilities_high", ",1,0,0,0,0,0,1,");
    assertThat(Files.readString(directory.resolve("out-" + (scans - 1)).resolve("metrics.prom")))
        .contains(
            "repository=\"team/curl\",severity=\"critical\"} 1",
            "repository=\"team/zlib\",severity=\"critical\"} 0");
    JsonNode sum = report.root().path("summary").path("vulnerabilities");
    assertThat(sum.path("images").asInt()).isEqualTo(2);
    assertThat(sum.path("unknown").asInt()).isZero();
    assertThat(sum.path("different").asInt()).isEqualTo(1);
    assertThat(sum.path("counts").path("critical").asInt()).isEqualTo(1);
    assertThat(sum.path("fixable").path("critical").asInt()).isEqualTo(1);
    JsonNode source = hit.path("facts").path("vulnerabilities").path("sources").path(0);
    assertThat(source.path("name").asString("")).isEqualTo("osv:Wolfi");
    assertThat(source.path("listsUnfixed").isBoolean()).isTrue();
    assertThat(source.path("updatedAt").asString("")).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(source.path("revision").asString("")).hasSize(16);
    assertThat(outcomes(hit))
        .containsEntry("TARE-CVE-001", "fail")
        .containsEntry("TARE-CVE-002", "pass")
        .containsEntry("TARE-CVE-004", "unknown")
        .containsEntry("TARE-CVE-005", "pass");
    assertThat(outcomes(image(report, "team/zlib"))).containsEntry("TARE-CVE-001", "pass");
    String schema =
        Files.readString(TestImages.repository().resolve("policies/schemas/image.schema.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(hit.path("facts").toString(), InputFormat.JSON))
        .isEmpty();

    CommandLineRun inspected =
        tare(
            "inspect",
            registry.host() + "/team/curl:1",
            "--format",
            "json",
            "--state",
            state("state"));
    assertThat(inspected.status()).as(inspected.err()).isZero();
    assertThat(tare("inspect", registry.host() + "/team/curl:1", "--state", state("state")).out())
        .contains("1: 1 critical; 1 fixable (by osv:Wolfi)", CVE, "libcurl 8.1.0-r0", "8.2.0-r0");
    assertThat(
            JsonMapper.shared().readTree(inspected.out()).findPath("vulnerabilities").path("items"))
        .hasSize(1);
  }

  @Test
  void changedFeedChangesWhatItTouchesAndNothingElse() throws Exception {
    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    scan("state");
    String matched =
        "SELECT matches_id FROM tare_match m JOIN tare_listed n ON n.last_facts_id = m.facts_id"
            + " WHERE n.repository = 'team/zlib'";
    String before = query(matched);

    Path other =
        feeds(
            record(CVE, "curl", "8.0.0-r0", "CRITICAL"),
            record("CVE-2026-0002", "curl", "9-r0", "HIGH"));
    update("state", other);
    WrittenReport warm = scan("state");

    assertThat(outcomes(image(warm, "team/curl")))
        .containsEntry("TARE-CVE-001", "pass")
        .containsEntry("TARE-CVE-002", "fail");
    assertThat(query(matched)).isEqualTo(before);
    update("fresh", other);
    WrittenReport fresh = scan("fresh");
    assertThat(warm.withoutTimesAndEarlierRun().path("images"))
        .isEqualTo(fresh.withoutTimesAndEarlierRun().path("images"));
  }

  @Test
  void runIsJudgedAgainByWhatItWasMatchedWith() throws Exception {
    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    scan("state");
    update("state", feeds(record(CVE, "curl", "8.0.0-r0", "CRITICAL")));
    Path output = directory.resolve("judged-again");

    CommandLineRun run =
        tare(
            "evaluate",
            "--state",
            state("state"),
            "-o",
            output.toString(),
            "--format",
            "json",
            "--fail-on",
            "never");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(outcomes(image(WrittenReport.in(output), "team/curl")))
        .containsEntry("TARE-CVE-001", "fail");
    CommandLineRun now =
        tare(
            "evaluate",
            "--vulnerabilities",
            "now",
            "--state",
            state("state"),
            "-o",
            output.toString(),
            "--format",
            "json",
            "--fail-on",
            "never");
    assertThat(now.status()).as(now.err()).isZero();
    assertThat(outcomes(image(WrittenReport.in(output), "team/curl")))
        .containsEntry("TARE-CVE-001", "pass");
  }

  @Test
  void whatCannotBeReadIsSaidAndTheFeedStays() throws Exception {
    Path good = feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL"));
    update("state", good);
    Path page = Files.writeString(directory.resolve("page"), "<!DOCTYPE html><html></html>");

    CommandLineRun html = update("state", page);

    assertThat(html.status()).isEqualTo(4);
    assertThat(html.err()).contains("not read: read feed " + page + ": a page in HTML");
    Files.writeString(good.resolve("cut.json"), "{\"id\": \"CVE-2026-");
    CommandLineRun cut = update("state", good);
    assertThat(cut.status()).isEqualTo(4);
    assertThat(cut.err()).contains("cut.json: damaged", "osv:Wolfi: not all of its records");
    Path partly = feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL"));
    Files.writeString(partly.resolve("README"), "No feed.");
    assertThat(update("state", partly).status()).isEqualTo(3);
    assertThat(tare("vulnerabilities", "status", "--state", state("state")).out())
        .contains("osv:Wolfi");
    assertThat(update("state", directory.resolve("absent")).status()).isEqualTo(2);
  }

  @Test
  void scanFetchesWhatIsNeededOnceADay() throws Exception {
    try (FeedServer mirror = FeedServer.start()) {
      mirror.file("/os/security.json", secdb("8.2.0-r0"));
      String feeds = mirror.addresses(directory.resolve("mirror.yaml")).toString();

      CommandLineRun first = scanned("state", "--vulnerabilities-feeds", feeds);

      assertThat(mirror.asked()).containsExactly("/os/security.json 200", KNOWN_EXPLOITED + " 404");
      assertThat(first.out())
          .contains(
              "Feeds of advisories: not all are up to date",
              KNOWN_EXPLOITED + ": 404",
              "with --vulnerabilities never a scan asks nobody");
      assertThat(image(written(), "team/curl").path("facts").path("vulnerabilities").path("counts"))
          .isNotEmpty();
      mirror.file(
          KNOWN_EXPLOITED,
          "{\"title\": \"\", \"dateReleased\": \"\", \"vulnerabilities\": [{\"cveID\": \"%s\"}]}"
              .formatted(CVE));
      CommandLineRun second = scanned("state", "--vulnerabilities-feeds", feeds);
      assertThat(mirror.asked()).containsExactly(KNOWN_EXPLOITED + " 200");
      assertThat(second.out()).contains("Feeds of advisories: 1 checked, 1 changed");
      assertThat(outcomes(image(written(), "team/curl"))).containsEntry("TARE-CVE-004", "fail");
      mirror.file("/os/security.json", secdb("8.0.0-r0"));
      CommandLineRun third = scanned("state", "--vulnerabilities-feeds", feeds);
      assertThat(mirror.asked()).isEmpty();
      assertThat(third.out()).doesNotContain("Feeds of advisories");
      scanned("state", "--vulnerabilities-feeds", feeds, "--vulnerabilities-max-age", "0m");
      assertThat(mirror.asked()).containsExactly("/os/security.json 200", KNOWN_EXPLOITED + " 304");
      assertThat(outcomes(image(written(), "team/curl"))).containsEntry("TARE-CVE-004", "pass");
      scanned("state", "--vulnerabilities", "never", "--vulnerabilities-max-age", "0m");
      assertThat(mirror.asked()).isEmpty();
    }
  }

  @Test
  void scanWithoutANetworkGoesOnWithWhatIsKept() throws Exception {
    update("state", feeds(record(CVE, "curl", "8.2.0-r0", "CRITICAL")));
    Path nowhere =
        Files.writeString(
            directory.resolve("nowhere.yaml"),
            """
            feeds: [{ecosystems: [Wolfi], addresses: ["https://feeds.invalid/security.json"]}]
            exploited: ["https://feeds.invalid/kev.json"]
            """);

    CommandLineRun run =
        scanned(
            "state",
            "--vulnerabilities-feeds",
            nowhere.toString(),
            "--vulnerabilities-max-age",
            "0m");

    assertThat(run.out())
        .contains(
            "packages were matched with what is kept",
            "unknown host feeds.invalid",
            "1 more address was not tried");
    assertThat(outcomes(image(written(), "team/curl"))).containsEntry("TARE-CVE-001", "fail");
    CommandLineRun bad =
        tare(
            "scan",
            registry.host(),
            "--vulnerabilities",
            "auto",
            "--vulnerabilities-max-age",
            "1w");
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.err()).contains("--vulnerabilities-max-age 1w: expected a number and m, h or d");
  }

  @Test
  void updateFetchesWhatTheStoredImagesNeed() throws Exception {
    try (FeedServer mirror = FeedServer.start()) {
      mirror.file("/os/security.json", secdb("8.2.0-r0"));
      String feeds = mirror.addresses(directory.resolve("mirror.yaml")).toString();
      List<String> update =
          List.of(
              "vulnerabilities",
              "update",
              "--vulnerabilities-feeds",
              feeds,
              "--no-progress",
              "--state",
              state("state"));
      CommandLineRun early = tare(update.toArray(String[]::new));
      assertThat(early.status()).isZero();
      assertThat(early.out()).contains("No feed is needed: no image is stored");
      assertThat(mirror.asked()).isEmpty();
      scan("state");

      CommandLineRun run = tare(update.toArray(String[]::new));

      assertThat(run.status()).as(run.err()).isEqualTo(3);
      assertThat(run.out()).contains("secdb:Wolfi: 1 advisory", "1 feed, 1 changed");
      assertThat(run.err()).contains("not read: download feed", KNOWN_EXPLOITED + ": 404");
      assertThat(mirror.asked()).containsExactly("/os/security.json 200", KNOWN_EXPLOITED + " 404");
      assertThat(outcomes(image(scan("state"), "team/curl")))
          .containsEntry("TARE-CVE-001", "unknown");
      assertThat(tare(update.toArray(String[]::new)).out())
          .contains("secdb:Wolfi: unchanged, 1 advisory", "1 feed, 0 changed");
    }
  }

  @Test
  void withoutFeedsNothingIsKnown() {
    JsonNode image = image(scan("state"), "team/curl");

    assertThat(directory.resolve("out-" + (scans - 1)).resolve("metrics.prom"))
        .content()
        .doesNotContain("vulnerabilities{");
    assertThat(image.path("facts").path("vulnerabilities").path("known").asBoolean()).isFalse();
    assertThat(image.path("facts").path("vulnerabilities").path("counts").isEmpty()).isTrue();
    assertThat(outcomes(image))
        .containsEntry("TARE-CVE-001", "unknown")
        .containsEntry("TARE-CVE-005", "fail");
  }
}
