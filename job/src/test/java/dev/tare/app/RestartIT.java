package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.testing.HeldBlobs;
import dev.tare.testing.RegistryCrawl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    registry.close();
  }

  @Test
  void killedScanGoesOnBehindTheLastLayerItHadRead(@TempDir Path directory) throws Exception {
    blobs.watch(content.layers().keySet(), READ_BEFORE);
    Process killed = start(directory, "killed");
    blobs.awaitHeld(PARALLELISM, PATIENCE);
    // Each part asks for a layer when it has kept the one before: all that were answered are kept.
    killed.destroyForcibly().waitFor();
    List<String> unfinished = blobs.held();
    blobs.release();

    assertThat(end(start(directory, "resumed"))).isEqualTo(1);
    assertThat(blobs.requested())
        .as("requests for layers of both runs")
        .containsAll(content.layers().keySet())
        .hasSize(content.layers().size() + unfinished.size());
    assertThat(twice(blobs.requested())).containsExactlyInAnyOrderElementsOf(unfinished);
    assertThat(WrittenReport.in(directory.resolve("out")).withoutTimes())
        .isEqualTo(uninterrupted.withoutTimes());
  }

  @Test
  void terminatedScanKeepsWhatItHasAndSaysThatItCanBeResumed(@TempDir Path directory)
      throws Exception {
    blobs.watch(content.layers().keySet(), READ_BEFORE);
    Process terminated = start(directory, "terminated");
    blobs.awaitHeld(PARALLELISM, PATIENCE);
    terminated.destroy();
    // The answers come when the process knows that it is to end.
    Thread.sleep(Duration.ofSeconds(2));
    assertThat(blobs.requested()).hasSize(READ_BEFORE + PARALLELISM);
    blobs.release();
    assertThat(end(terminated)).isEqualTo(130);
    assertThat(Files.readString(directory.resolve("terminated.err")))
        .contains("was interrupted; the same command resumes it")
        .doesNotContain("\tat ");
    assertThat(blobs.requested()).hasSize(READ_BEFORE + PARALLELISM);
    assertThat(directory.resolve("out").resolve("report.json")).doesNotExist();

    assertThat(end(start(directory, "resumed"))).isEqualTo(1);
    assertThat(blobs.requested()).containsExactlyInAnyOrderElementsOf(content.layers().keySet());
    assertThat(WrittenReport.in(directory.resolve("out")).withoutTimes())
        .isEqualTo(uninterrupted.withoutTimes());
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

  /** The real main class in a process of its own; its output goes to files of this name. */
  private Process start(Path directory, String name) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tare.app.Tare"));
    command.addAll(scan(directory));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(directory.resolve(name + ".out").toFile())
        .redirectError(directory.resolve(name + ".err").toFile())
        .start();
  }

  private static int end(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running after " + PATIENCE);
    }
    return process.exitValue();
  }

  private static List<String> twice(List<String> digests) {
    HashSet<String> seen = new HashSet<>();
    return digests.stream().filter(digest -> !seen.add(digest)).toList();
  }
}
