package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What tries something out changes nothing that counts, unless it is asked to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationIT {
  private static final int USAGE = 2;

  @TempDir Path all;
  private Path directory;
  private LoopbackRegistry registry;
  private String scanned;
  private Map<String, String> left;

  @BeforeAll
  void start() throws IOException {
    registry = LoopbackRegistry.inMemory();
    SampleImages.of(registry.host(), InstantSource.system()).push();
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  @BeforeEach
  void scanAfresh() throws IOException {
    directory = Files.createTempDirectory(all, "test");
    Files.writeString(
        directory.resolve("lenient.yaml"),
        "settings: {rules: {TARE-USER-001: {enabled: false}, TARE-TOOL-001: {enabled: false}}}\n");
    scanned = scan();
    left = files("out");
    assertThat(left.keySet()).anyMatch(name -> name.startsWith("tickets/"));
  }

  private String scan() {
    return id(
        tare("scan", registry.host(), "-o", path("out"), "--no-progress", "--fail-on", "never"));
  }

  private CommandLineRun evaluate(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("evaluate", "-c", path("lenient.yaml"), "--format", "json", "--fail-on"));
    all.add("never");
    all.addAll(List.of(more));
    return tare(all.toArray(String[]::new));
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", path("state")));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  /** Of a run that ended well. */
  private static String id(CommandLineRun run) {
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().replaceFirst("(?s).*\nRun: (\\S+).*", "$1");
  }

  private Map<String, String> files(String output) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Path root = directory.resolve(output);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static Map<String, String> ticketsOf(Map<String, String> files) {
    Map<String, String> tickets = new TreeMap<>(files);
    tickets.keySet().removeIf(name -> !name.startsWith("tickets/"));
    return tickets;
  }

  private JsonNode report(String output) {
    return WrittenReport.in(directory.resolve(output)).root();
  }

  @Test
  void evaluationTouchesNothingOfScans() throws IOException {
    String evaluated = id(evaluate("-o", path("trial")));
    assertThat(files("out")).isEqualTo(left);
    assertThat(files("trial").keySet()).containsExactly(".tare-kind", "report.json");
    JsonNode trial = report("trial");
    assertThat(trial.path("run").path("kind").stringValue()).isEqualTo("evaluation");
    assertThat(trial.path("run").path("factsOf").stringValue()).isEqualTo(scanned);
    assertThat(trial.path("since").path("run").stringValue()).isEqualTo(scanned);
    assertThat(trial.path("since").path("ended")).isNotEmpty();

    assertThat(tare("runs").out())
        .containsPattern(evaluated + " +evaluation ")
        .containsPattern(scanned + " +scan ");
    assertThat(tare("report", "--format", "json", "-o", path("again")).status()).isZero();
    assertThat(report("again").path("run").path("id").stringValue()).isEqualTo(scanned);
    assertThat(tare("lineage", "--format", "json").out()).contains(scanned);
    assertThat(tare("tickets", "--dry-run", "-o", path("out")).out())
        .startsWith("Tickets, planned: nothing to do");
    assertThat(files("out")).isEqualTo(left);

    scan();
    JsonNode since = report("out").path("since");
    assertThat(since.path("run").stringValue()).isEqualTo(scanned);
    for (String change : List.of("new", "fixed", "waived", "unknown", "gone")) {
      assertThat(since.path(change).intValue()).as(change).isZero();
    }
    assertThat(Files.readString(directory.resolve("out/index.html"))).doesNotContain(evaluated);
  }

  @Test
  void recordedEvaluationCountsAsAScanDoes() throws IOException {
    String recorded = id(evaluate("--record", "-o", path("out")));
    assertThat(report("out").path("run").path("id").stringValue()).isEqualTo(recorded);
    assertThat(report("out").path("run").path("kind").stringValue()).isEqualTo("scan");
    assertThat(ticketsOf(files("out"))).isNotEqualTo(ticketsOf(left));
    assertThat(tare("lineage", "--format", "json").out()).contains(recorded);
    scan();
    assertThat(report("out").path("since").path("run").stringValue()).isEqualTo(recorded);
    assertThat(report("out").path("since").path("new").intValue()).isPositive();
  }

  @Test
  void evaluationIsRecordedOnlyOfWhatWasMeasured() {
    String evaluated = id(evaluate("-o", path("trial")));
    CommandLineRun run = evaluate(evaluated, "--record", "-o", path("out"));
    assertThat(run.status()).isEqualTo(USAGE);
    assertThat(run.err()).contains("tare evaluate " + scanned + " --record");
  }

  @Test
  void directoryOfOneKindIsNotForAnother() throws IOException {
    String evaluated = id(evaluate("-o", path("trial")));
    CommandLineRun over = evaluate("-o", path("out"));
    assertThat(over.status()).isEqualTo(USAGE);
    assertThat(over.err())
        .contains("the reports there are of a scan, these would be of an evaluation");
    assertThat(tare("report", evaluated, "--format", "sarif", "-o", path("out")).status())
        .isEqualTo(USAGE);
    assertThat(tare("tickets", evaluated, "-o", path("out")).status()).isEqualTo(USAGE);
    assertThat(CommandLineRun.of("demo", "-o", path("out")).err())
        .contains("of a scan, these would be of the demo");
    assertThat(files("out")).isEqualTo(left);

    Map<String, String> trial = files("trial");
    for (String[] command :
        new String[][] {
          {"scan", registry.host(), "--no-progress"}, {"report", "--format", "csv"}, {"tickets"}
        }) {
      List<String> all = new ArrayList<>(List.of(command));
      all.addAll(List.of("-o", path("trial")));
      CommandLineRun run = tare(all.toArray(String[]::new));
      assertThat(run.status()).as(run.err()).isEqualTo(USAGE);
      assertThat(run.err()).contains("of an evaluation, these would be of a scan");
    }
    assertThat(files("trial")).isEqualTo(trial);
  }

  @Test
  void reportsThatNobodyMarkedAreTakenForAScansAndDeletedOnesForNone() throws IOException {
    id(evaluate("-o", path("trial")));
    Files.delete(directory.resolve("trial/report.json"));
    assertThat(tare("report", "--format", "json", "-o", path("trial")).status()).isZero();
    Files.delete(directory.resolve("out/.tare-kind"));
    assertThat(evaluate("-o", path("out")).status()).isEqualTo(USAGE);
  }

  /** A rule that reads what such facts do not have would pass. */
  @Test
  void factsOfAnotherVersionAreNotJudged() throws Exception {
    storeFactsAsVersion("1");
    CommandLineRun run = evaluate("-o", path("trial"));
    assertThat(run.status()).isEqualTo(USAGE);
    assertThat(run.err())
        .contains("its facts are of version 1, rules read version 2")
        .contains("scan the image again");
    assertThat(directory.resolve("trial/report.json")).doesNotExist();
    assertThat(tare("runs").out()).doesNotContain("evaluation");
    assertThat(tare("report", "--format", "json", "-o", path("again")).status()).isZero();
  }

  private void storeFactsAsVersion(String version) throws SQLException, IOException {
    try (Connection state =
            DriverManager.getConnection(
                "jdbc:h2:file:" + path("state/tare") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE");
        Statement statement =
            state.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
        ResultSet rows = statement.executeQuery("SELECT id, content FROM tare_content")) {
      int changed = 0;
      while (rows.next()) {
        String content = inflated(rows.getBytes("content"));
        if (content.startsWith("{\"schemaVersion\":\"2\"")) {
          rows.updateBytes("content", deflated(content.replaceFirst("2", version)));
          rows.updateRow();
          changed++;
        }
      }
      assertThat(changed).isPositive();
    }
  }

  private static String inflated(byte[] bytes) throws IOException {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] deflated(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void evaluationIsSentNowhere() {
    CommandLineRun run =
        evaluate("-o", path("trial"), "--push-metrics", "http://localhost:1/no-gateway");
    String evaluated = id(run);
    assertThat(run.out()).contains("Nothing was sent: run " + evaluated + " is an evaluation");
  }

  @Test
  void ticketsOfAnEvaluationArePlannedOnly() throws IOException {
    String evaluated = id(evaluate("-o", path("trial")));
    CommandLineRun plan = tare("tickets", evaluated, "--dry-run", "-o", path("out"));
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("update");
    assertThat(files("out")).isEqualTo(left);
  }

  @Test
  void evaluationsPushNoScanOutOfThoseThatAreKept() {
    String evaluated = id(evaluate("-o", path("trial")));
    id(evaluate("-o", path("trial"), "--profile", "dev"));
    assertThat(tare("inspect", registry.host() + "/team/web:1.5").status()).isZero();
    assertThat(tare("runs", "prune", "--keep", "1").out())
        .isEqualTo("Deleted 1 run\n  " + evaluated + "\n");
    assertThat(tare("runs").out()).contains(scanned).doesNotContain(evaluated);
  }

  @Test
  void directoryOfItsOwnIsTheUsualOneWhateverIsConfiguredForScans() throws Exception {
    Files.writeString(directory.resolve("tare.yaml"), "output: out\nstate: state\n");
    CommandLineRun run =
        TareProcess.start(directory, "usual", Map.of(), List.of("evaluate", "--fail-on", "never"))
            .end();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(directory.resolve("tare-evaluation/index.html")).isNotEmptyFile();
    assertThat(files("out")).isEqualTo(left);
  }
}
