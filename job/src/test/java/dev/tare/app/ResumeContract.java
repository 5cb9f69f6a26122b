package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.store.StateLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that ends in the middle of each of its steps, and the same command with more readers or
 * fewer. The database ends it: it refuses a row, by a constraint.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ResumeContract {
  private static final AtomicInteger STATES = new AtomicInteger();

  private LoopbackRegistry registry;
  private WrittenReport uninterrupted;

  /** The {@code --state} of a new one. */
  abstract String newState(int number, Path directory) throws Exception;

  @BeforeAll
  void scanWithoutInterruption(@TempDir Path directory) throws IOException {
    registry = LoopbackRegistry.filtered(List.of());
    SampleImages.of(registry.host(), InstantSource.system()).push();
    scan(directory.resolve("state").toString(), directory, 2);
    uninterrupted = WrittenReport.in(directory.resolve("out"));
    assertThat(uninterrupted.images().size()).isGreaterThan(8);
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          enumerate      | tare_repository | repository < 'm'                       | 1 | 3
          enumerate      | tare_repository | repository < 'm'                       | 3 | 1
          scanLayers     | tare_layer      | state <> 'fetched' OR digest < 'sha256:8' | 1 | 3
          scanLayers     | tare_layer      | state <> 'fetched' OR digest < 'sha256:8' | 3 | 1
          describeImages | tare_image      | state <> 'described' OR id <= 8        | 2 | 4
          describeImages | tare_image      | state <> 'described' OR id <= 8        | 4 | 1
          evaluate       | tare_image      | state <> 'judged' OR id <= 8           | 2 | 4
          evaluate       | tare_image      | state <> 'judged' OR id <= 8           | 4 | 1
          report         | tare_run        | finished_at IS NULL                    | 1 | 3
          report         | tare_run        | finished_at IS NULL                    | 3 | 1
          """)
  void runThatEndedInAStepGoesOnWithOtherParallelism(
      String step, String table, String condition, int before, int after, @TempDir Path directory)
      throws Exception {
    String state = newState(STATES.incrementAndGet(), directory);
    assertThat(CommandLineRun.of("runs", "--state", state).status()).isZero();
    execute(state, "ALTER TABLE " + table + " ADD CONSTRAINT trap CHECK (" + condition + ")");
    assertThat(scan(state, directory, before).status()).isGreaterThan(1);
    assertThat(directory.resolve("out/report.json")).doesNotExist();
    execute(
        state,
        "ALTER TABLE " + table + " DROP CONSTRAINT trap",
        // As a process that was killed leaves it.
        "UPDATE batch_step_execution SET status = 'STARTED', end_time = NULL WHERE status = 'FAILED'",
        "UPDATE batch_job_execution SET status = 'STARTED', end_time = NULL WHERE status = 'FAILED'");

    CommandLineRun resumed = scan(state, directory, after);
    assertThat(resumed.status()).as(step + ": " + resumed.err()).isEqualTo(1);
    assertThat(resumed.out()).contains("resumed where an earlier run was interrupted");
    assertThat(WrittenReport.in(directory.resolve("out")).withoutTimes())
        .isEqualTo(uninterrupted.withoutTimes());
  }

  @Test
  void runThatLostAnImageEndsWithAnErrorAndTheSameCommandGoesOnWithIt(@TempDir Path directory)
      throws Exception {
    String state = newState(STATES.incrementAndGet(), directory);
    assertThat(CommandLineRun.of("runs", "--state", state).status()).isZero();
    execute(state, "ALTER TABLE tare_run ADD CONSTRAINT trap CHECK (finished_at IS NULL)");
    assertThat(scan(state, directory, 2).status()).isGreaterThan(1);
    execute(
        state,
        "ALTER TABLE tare_run DROP CONSTRAINT trap",
        "UPDATE tare_image SET state = 'unreadable' WHERE id = 3",
        "UPDATE batch_step_execution SET status = 'FAILED' WHERE step_name = 'check'");
    CommandLineRun lost = scan(state, directory, 2);
    assertThat(lost.status()).as(lost.out()).isGreaterThan(1);
    assertThat(lost.err())
        .contains("of the listed images 1 are neither judged nor among the not inspected")
        .contains(registry.host() + "/");
    assertThat(directory.resolve("out/report.json")).doesNotExist();

    execute(state, "UPDATE tare_image SET state = 'listed' WHERE id = 3");
    assertThat(scan(state, directory, 1).status()).isEqualTo(1);
    assertThat(WrittenReport.in(directory.resolve("out")).withoutTimes())
        .isEqualTo(uninterrupted.withoutTimes());
  }

  /** Images would have what one document says, and the report what the other does. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runWhoseVexSaysSomethingElseMeanwhileBeginsAgain(boolean changes, @TempDir Path directory)
      throws Exception {
    String state = newState(STATES.incrementAndGet(), directory);
    assertThat(CommandLineRun.of("runs", "--state", state).status()).isZero();
    execute(state, "ALTER TABLE tare_run ADD CONSTRAINT trap CHECK (finished_at IS NULL)");
    Path vex = vex(directory, "zlib1g");
    assertThat(scan(state, directory, 2, "--vex", vex.toString()).status()).isGreaterThan(1);
    execute(state, "ALTER TABLE tare_run DROP CONSTRAINT trap");
    vex(directory, changes ? "curl" : "zlib1g");

    CommandLineRun again = scan(state, directory, 2, "--vex", vex.toString());

    assertThat(again.status()).as(again.err()).isEqualTo(1);
    assertThat(again.out().contains("resumed where an earlier run was interrupted"))
        .isEqualTo(!changes);
  }

  /** The same of waivers: those that stood in the file when an image was judged are its own. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runWhoseWaiversSaySomethingElseMeanwhileBeginsAgain(boolean changes, @TempDir Path directory)
      throws Exception {
    String state = newState(STATES.incrementAndGet(), directory);
    assertThat(CommandLineRun.of("runs", "--state", state).status()).isZero();
    execute(state, "ALTER TABLE tare_run ADD CONSTRAINT trap CHECK (finished_at IS NULL)");
    Path waivers = waivers(directory, "TARE-TOOL-001");
    assertThat(scan(state, directory, 2, "--waivers", waivers.toString()).status())
        .isGreaterThan(1);
    execute(state, "ALTER TABLE tare_run DROP CONSTRAINT trap");
    waivers(directory, changes ? "TARE-TOOL-002" : "TARE-TOOL-001");

    CommandLineRun again = scan(state, directory, 2, "--waivers", waivers.toString());

    assertThat(again.status()).as(again.err()).isEqualTo(1);
    assertThat(again.out().contains("resumed where an earlier run was interrupted"))
        .isEqualTo(!changes);
  }

  private static Path waivers(Path directory, String rule) throws IOException {
    return Files.writeString(
        directory.resolve("waivers.yaml"),
        """
        waivers:
          - {rule: %s, image: '**', reason: known, owner: a@example.com, expires: 2099-12-31}
        """
            .formatted(rule));
  }

  private static Path vex(Path directory, String name) throws IOException {
    return Files.writeString(
        directory.resolve("vex.json"),
        ("{'@context': 'https://openvex.dev/ns', 'author': 'a', 'timestamp': '2026-11-01',"
                + " 'statements': [{'vulnerability': 'CVE-2026-0001', 'status': 'fixed', 'products':"
                + " ['pkg:deb/debian/%s?arch=amd64&distro=debian-12']}]}")
            .formatted(name)
            .replace('\'', '"'));
  }

  private CommandLineRun scan(String state, Path directory, int parallelism, String... more) {
    List<String> words = new ArrayList<>(words(state, directory, parallelism));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private List<String> words(String state, Path directory, int parallelism) {
    return List.of(
        "scan",
        registry.host(),
        "--state",
        state,
        "-o",
        directory.resolve("out").toString(),
        "--format",
        "json",
        "--tickets",
        "none",
        "--parallelism",
        Integer.toString(parallelism),
        "--no-progress");
  }

  private static void execute(String state, String... statements) throws SQLException {
    StateLocation location = StateLocation.parse(state);
    Properties settings = new Properties();
    settings.putAll(location.settings());
    try (Connection connection = DriverManager.getConnection(location.url(), settings);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
