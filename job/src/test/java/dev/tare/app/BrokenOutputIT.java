package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A place in the output directory that cannot be written costs what belongs there, and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenOutputIT {
  private static final int FAILED = 4;

  @TempDir Path directory;
  private LoopbackRegistry registry;

  @BeforeAll
  void start() throws IOException {
    registry = LoopbackRegistry.inMemory();
    SampleImages.of(registry.host(), InstantSource.system()).push();
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  private CommandLineRun scanInto(Path output) {
    return CommandLineRun.of(
        "scan",
        registry.host(),
        "--state",
        directory.resolve("state").toString(),
        "-o",
        output.toString(),
        "--no-progress");
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /**
   * Does something to the output directory once the scan is under way: when it asks for a layer.
   */
  private CommandLineRun scanInto(Path output, IoAction whileScanning) throws IOException {
    return scansInto(output, whileScanning).getFirst();
  }

  /** The same, and the same command again after each of these. */
  private List<CommandLineRun> scansInto(
      Path output, IoAction whileScanning, IoAction... beforeOthers) throws IOException {
    AtomicBoolean waiting = new AtomicBoolean();
    Filter filter =
        Filter.beforeHandler(
            "meanwhile",
            exchange -> {
              boolean layer =
                  exchange.getRequestMethod().equals("GET")
                      && exchange.getRequestURI().getPath().contains("/blobs/");
              if (layer && waiting.compareAndSet(true, false)) {
                try {
                  whileScanning.run();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    try (LoopbackRegistry watched = LoopbackRegistry.filtered(List.of(filter))) {
      SampleImages.of(watched.host(), InstantSource.system()).push();
      waiting.set(true);
      String[] command = {
        "scan",
        watched.host(),
        "--state",
        output.resolveSibling(output.getFileName() + "-state").toString(),
        "-o",
        output.toString(),
        "--no-progress"
      };
      List<CommandLineRun> calls = new ArrayList<>();
      calls.add(CommandLineRun.of(command));
      for (IoAction action : beforeOthers) {
        action.run();
        calls.add(CommandLineRun.of(command));
      }
      return calls;
    }
  }

  @FunctionalInterface
  private interface IoAction {
    void run() throws IOException;
  }

  @Test
  void ticketsThatCannotBeReadAreKnownBeforeTheScanAndNothingIsWritten() throws IOException {
    Path output = Files.createDirectories(directory.resolve("tickets-taken"));
    Files.writeString(output.resolve("tickets"), "a file in their place");
    CommandLineRun run = scanInto(output);
    assertThat(run.status()).isEqualTo(FAILED);
    assertThat(run.err()).contains("read tickets in " + output.resolve("tickets"));
    assertThat(files(output)).containsExactly("tickets");
  }

  @Test
  void reportThatCannotBeWrittenIsKnownBeforeTheScanAndNothingIsWritten() throws IOException {
    Path output = directory.resolve("csv-taken");
    Files.createDirectories(output.resolve("images.csv/taken"));
    CommandLineRun run = scanInto(output);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("write report " + output.resolve("images.csv"));
    assertThat(files(output)).containsExactly("images.csv");
  }

  @Test
  void ticketsThatCannotBeReadKeepNoReportBackAndTheReportsSaySo() throws IOException {
    Path output = Files.createDirectories(directory.resolve("no-tickets"));
    CommandLineRun run =
        scanInto(
            output, () -> Files.writeString(output.resolve("tickets"), "a file in their place"));
    assertThat(run.status()).isEqualTo(FAILED);
    assertThat(run.err()).contains("read tickets in " + output.resolve("tickets"));
    assertThat(files(output))
        .containsExactly(".tare-kind", "images.csv", "index.html", "report.json", "tickets");
    WrittenReport report = WrittenReport.in(output);
    assertThat(report.images()).isNotEmpty();
    JsonNode tickets = report.root().path("tickets");
    assertThat(tickets.path("failure").stringValue()).startsWith("read tickets in ");
    assertThat(tickets.path("items")).isEmpty();
    assertThat(output.resolve("tickets")).hasContent("a file in their place");
  }

  @Test
  void ticketThatCannotBeUnderstoodIsListedAndLeftAsItIs() throws IOException {
    Path output = directory.resolve("one-strange-ticket");
    Path strange = output.resolve("tickets/team-strange.x.0123456789abcdef.md");
    Files.createDirectories(strange.getParent());
    Files.writeString(strange, "no front matter");
    CommandLineRun run = scanInto(output);
    assertThat(run.status()).as(run.err()).isNotEqualTo(FAILED);
    assertThat(run.out()).contains("unreadable: ").contains("team-strange.x.0123456789abcdef.md");
    assertThat(strange).hasContent("no front matter");
    JsonNode tickets = WrittenReport.in(output).root().path("tickets");
    assertThat(tickets.path("items")).isNotEmpty();
    assertThat(tickets.path("unreadable"))
        .singleElement()
        .satisfies(one ->
            assertThat(one.path("location").stringValue())
                .isEqualTo("tickets/team-strange.x.0123456789abcdef.md"));
  }

  @Test
  void formatThatCannotBeWrittenTakesNeitherTheOthersNorTheTicketsWithIt() throws IOException {
    Path output = directory.resolve("no-csv");
    CommandLineRun run =
        scanInto(output, () -> Files.createDirectories(output.resolve("images.csv/taken")));
    assertThat(run.status()).isEqualTo(FAILED);
    assertThat(run.err()).contains("write report " + output.resolve("images.csv"));
    assertThat(WrittenReport.in(output).images()).isNotEmpty();
    assertThat(output.resolve("index.html")).isNotEmptyFile();
    assertThat(files(output.resolve("tickets"))).isNotEmpty();
    assertThat(files(output)).noneMatch(name -> name.endsWith(".tmp"));
  }

  /** What a call for a run did to tickets before it failed, the run did. */
  @Test
  void ticketsThatAnEarlierCallOpenedAreNewInTheReportOfTheSameRun() throws IOException {
    Path output = directory.resolve("again");
    List<CommandLineRun> calls =
        scansInto(
            output,
            () -> Files.createDirectories(output.resolve("images.csv/taken")),
            () -> {
              Files.delete(output.resolve("images.csv/taken"));
              Files.delete(output.resolve("images.csv"));
            });
    assertThat(calls).extracting(CommandLineRun::status).containsExactly(FAILED, 1);
    assertThat(calls.getLast().out()).contains("resumed where");
    assertThat(WrittenReport.in(output).root().path("tickets").path("items"))
        .isNotEmpty()
        .allSatisfy(ticket -> {
          assertThat(ticket.path("change").stringValue()).isEqualTo("created");
          assertThat(ticket.path("note").stringValue()).endsWith(" findings");
        });
  }
}
