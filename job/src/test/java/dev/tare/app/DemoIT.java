package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo keeps to a directory of its own, and what it suggests works when it is typed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {
  private Path directory;
  private CommandLineRun demo;

  /** In a place that is configured for scans. */
  @BeforeAll
  void run(@TempDir Path place) throws Exception {
    directory = place;
    Files.writeString(
        directory.resolve("tare.yaml"),
        """
        output: nightly
        state: scans
        tickets: gitea
        tickets-project: https://git.example.com/team/tickets
        """);
    demo = tare("demo", List.of("demo"));
    assertThat(demo.status()).as(demo.err()).isZero();
  }

  private CommandLineRun tare(String name, List<String> arguments) throws Exception {
    return TareProcess.start(directory, name, Map.of("TARE_COMMAND", "./tare"), arguments).end();
  }

  private List<String> suggested() {
    return demo.out()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("./tare "))
        .toList();
  }

  @Test
  void allOfItIsInOneDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsOnly("tare-demo", "tare.yaml", "demo.out", "demo.err");
    }
    assertThat(directory.resolve("tare-demo/index.html")).isNotEmptyFile();
    assertThat(directory.resolve("tare-demo/tickets")).isNotEmptyDirectory();
    assertThat(
            WrittenReport.in(directory.resolve("tare-demo"))
                .root()
                .path("run")
                .path("kind")
                .stringValue())
        .isEqualTo("demo");
  }

  @Test
  void everyCommandThatIsSuggestedWorks() throws Exception {
    assertThat(suggested()).hasSizeGreaterThan(3);
    assertThat(demo.err()).doesNotContain("tare scan");
    for (String line : suggested()) {
      List<String> words = List.of(line.split(" "));
      CommandLineRun run = tare("next", words.subList(1, words.size()));
      assertThat(run.status()).as(line + ": " + run.err()).isBetween(0, 1);
      assertThat(run.out()).as(line).isNotBlank();
      Files.delete(directory.resolve("next.out"));
      Files.delete(directory.resolve("next.err"));
    }
    assertThat(directory.resolve("scans")).doesNotExist();
    assertThat(directory.resolve("nightly")).doesNotExist();
    deleteAll(directory.resolve("tare-evaluation"));
  }

  @Test
  void readmeSuggestsTheSame() throws IOException {
    assertThat(Files.readString(TestImages.repository().resolve("README.md")).lines())
        .map(String::strip)
        .containsAll(suggested());
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
