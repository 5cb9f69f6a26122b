package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.testing.HeldBlobs;
import dev.tare.testing.PostgresBinary;
import dev.tare.testing.RegistryCrawl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at a time on one state in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedStateIT {
  private static final int PARALLELISM = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HeldBlobs blobs = new HeldBlobs();
  private PostgresBinary server;
  private LoopbackRegistry registry;
  private RegistryCrawl content;

  @BeforeAll
  void start() throws Exception {
    server = PostgresBinary.start();
    registry = LoopbackRegistry.filtered(List.of(blobs));
    SampleImages.of(registry.host(), InstantSource.system()).push();
    content = RegistryCrawl.of(registry.host());
  }

  @AfterAll
  void stop() {
    blobs.release();
    if (registry != null) {
      registry.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void runThatIsGoingOnIsLeftAloneAndOthersGoOnBesideIt(@TempDir Path directory) throws Exception {
    String state = server.jdbcUrl("side_by_side");
    blobs.watch(content.layers().keySet(), 4);
    TareProcess first =
        TareProcess.start(directory, "first", Map.of(), scan(state, directory.resolve("first")));
    blobs.awaitHeld(PARALLELISM, PATIENCE);

    CommandLineRun second = run(scan(state, directory.resolve("second")));
    assertThat(second.status()).isEqualTo(4);
    assertThat(second.err())
        .startsWith("tare: start run: the same run is going on: ")
        .contains("(process " + first.process().pid() + ") since 20")
        .hasLineCount(2);
    assertThat(directory.resolve("second/report.json")).doesNotExist();
    CommandLineRun pruned = CommandLineRun.of("runs", "prune", "--keep", "1", "--state", state);
    assertThat(pruned.status()).as(pruned.err()).isZero();
    assertThat(CommandLineRun.of("runs", "--state", state).out()).contains("unfinished");

    // The blobs that are held are those of the first: what it asks for next is answered.
    List<String> other = scan(state, directory.resolve("other"));
    other.addAll(List.of("--include", "*/none-of-them"));
    CompletableFuture<CommandLineRun> beside = CompletableFuture.supplyAsync(() -> run(other));
    assertThat(beside.get().status()).isEqualTo(3);
    assertThat(beside.get().out()).contains("Nothing was judged: check the target");

    blobs.release();
    CommandLineRun ended = first.end();
    assertThat(ended.status()).as(ended.err()).isEqualTo(1);
    assertThat(WrittenReport.in(directory.resolve("first")).images().size())
        .isEqualTo(content.images().size());
    assertThat(run(scan(state, directory.resolve("second"))).status()).isEqualTo(1);
  }

  @Test
  void runOutlivesARestartOfTheDatabaseWhileLayersAreReadAndKeepsItsLock(@TempDir Path directory)
      throws Exception {
    String state = server.jdbcUrl("restarted");
    blobs.watch(content.layers().keySet(), 4);
    CompletableFuture<CommandLineRun> first =
        CompletableFuture.supplyAsync(() -> run(scan(state, directory.resolve("first"))));
    blobs.awaitHeld(PARALLELISM, PATIENCE);
    server.restart();
    Thread.sleep(Duration.ofSeconds(7)); // Longer than the lock is left untried.
    CommandLineRun second = run(scan(state, directory.resolve("second")));
    assertThat(second.status()).as(second.err()).isEqualTo(4);
    assertThat(second.err()).contains("the same run is going on: ");
    blobs.release();
    assertThat(first.get().status()).as(first.get().err()).isEqualTo(1);
    assertThat(WrittenReport.in(directory.resolve("first")).images().size())
        .isEqualTo(content.images().size());
  }

  private List<String> scan(String state, Path output) {
    return new ArrayList<>(
        List.of(
            "scan",
            registry.host(),
            "--state",
            state,
            "-o",
            output.toString(),
            "--format",
            "json",
            "--tickets",
            "none",
            "--parallelism",
            Integer.toString(PARALLELISM),
            "--no-progress"));
  }

  private static CommandLineRun run(List<String> arguments) {
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
