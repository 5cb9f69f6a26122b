package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.testing.HeldBlobs;
import dev.tare.testing.RegistryCrawl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A scan whose process ends in the middle of reading layers, and the same command again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {
  private static final int PARALLELISM = 2;
  private static final int READ_BEFORE = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HeldBlobs blobs = new HeldBlobs();
  private LoopbackRegistry registry;
  private RegistryCrawl content;
  private WrittenReport uninterrupted;

  @BeforeAll
  void scanWithoutInterruption(@TempDir Path directory) throws IOException {
    registry = LoopbackRegistry.filtered(List.of(blobs));
    SampleImages.of(registry.host(), InstantSource.system()).push();
    content = RegistryCrawl.of(registry.host());
    CommandLineRun.of(scan(directory).toArray(String[]::new));
    uninterrupted = WrittenReport.in(directory.resolve("out"));
    assertThat(content.layers()).hasSizeGreaterThan(READ_BEFORE + 2 * PARALLELISM);
  }

  @AfterAll
  void stop() {
    blobs.release();
    registry.close();
  }

  @Test
  void killedScanGoesOnBehindTheLastLayerItHadRead(@TempDir Path directory) throws Exception {
    blobs.watch(content.layers().keySet(), READ_BEFORE);
    TareProcess killed = start(directory, "killed");
    blobs.awaitHeld(PARALLELISM, PATIENCE);
    // Each reader asks for a layer when it has kept the one before: all that were answered are
    // kept.
    killed.process().destroyForcibly().waitFor();
    List<String> unfinished = blobs.held();
    blobs.release();

    assertGoesOn(directory);
    assertThat(blobs.requested())
        .as("requests for layers of both runs")
        .containsAll(content.layers().keySet())
        .hasSize(content.layers().size() + unfinished.size());
    assertThat(twice(blobs.requested())).containsExactlyInAnyOrderElementsOf(unfinished);
  }

  @Test
  void terminatedScanEndsWhileLayersAreOutstandingAndSaysThatItCanBeResumed(@TempDir Path directory)
      throws Exception {
    blobs.watch(content.layers().keySet(), READ_BEFORE);
    TareProcess terminated = start(directory, "terminated");
    blobs.awaitHeld(PARALLELISM, PATIENCE);
    CommandLineRun ended = terminated.stop("TERM");
    assertThat(ended.status()).as(ended.err()).isEqualTo(130);
    assertThat(ended.err())
        .contains("was interrupted; the same command resumes it")
        .doesNotContain("\tat ")
        .hasLineCount(1);
    assertThat(blobs.requested()).hasSize(READ_BEFORE + PARALLELISM);
    assertThat(directory.resolve("out").resolve("report.json")).doesNotExist();
    List<String> unfinished = blobs.held();
    blobs.release();

    assertGoesOn(directory);
    assertThat(twice(blobs.requested())).containsExactlyInAnyOrderElementsOf(unfinished);
  }

  /** The process that was cut off and this one end with the report of one that was let alone. */
  private void assertGoesOn(Path directory) {
    CommandLineRun resumed = CommandLineRun.of(scan(directory).toArray(String[]::new));
    assertThat(resumed.status()).as(resumed.err()).isEqualTo(1);
    assertThat(resumed.out()).contains("resumed where an earlier run was interrupted");
    assertThat(WrittenReport.in(directory.resolve("out")).withoutTimes())
        .isEqualTo(uninterrupted.withoutTimes());
  }

  @Test
  void stateThatAnotherProcessUsesIsRefused(@TempDir Path directory) throws Exception {
    blobs.watch(content.layers().keySet(), 0);
    TareProcess other = start(directory, "other");
    try {
      blobs.awaitHeld(1, PATIENCE);
      CommandLineRun refused =
          CommandLineRun.of("runs", "--state", directory.resolve("state").toString());
      assertThat(refused.status()).isEqualTo(4);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err())
          .startsWith("tare: state " + directory.resolve("state") + ": another tare is using it: ")
          .contains("(process " + other.process().pid() + ") since 20")
          .contains("--state")
          .hasLineCount(2);
    } finally {
      other.process().destroyForcibly().waitFor();
      blobs.release();
    }
  }

  private List<String> scan(Path directory) {
    return List.of(
        "scan",
        registry.host(),
        "--state",
        directory.resolve("state").toString(),
        "-o",
        directory.resolve("out").toString(),
        "--parallelism",
        Integer.toString(PARALLELISM),
        "--no-progress");
  }

  private TareProcess start(Path directory, String name) throws IOException {
    return TareProcess.start(directory, name, Map.of(), scan(directory));
  }

  private static List<String> twice(List<String> digests) {
    HashSet<String> seen = new HashSet<>();
    return digests.stream().filter(digest -> !seen.add(digest)).toList();
  }
}
