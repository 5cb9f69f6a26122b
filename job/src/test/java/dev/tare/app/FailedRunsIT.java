package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command that ends with 2 or 4 leaves nothing that passes for a result: after it, the reports,
 * tickets and runs of the last good scan are what they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailedRunsIT {
  private static final int USAGE = 2;
  private static final int FAILED = 4;

  private Path directory;
  private LoopbackRegistry registry;

  /** What the path of a request holds that is refused; null for none. */
  private volatile @Nullable String refused;

  private String good;
  private String nobody;
  private Map<String, String> left;
  private String listed;
  private String reported;

  @BeforeAll
  void scanOnce(@TempDir Path place) throws IOException {
    directory = place;
    registry =
        LoopbackRegistry.filtered(
            List.of(
                new Filter() {
                  @Override
                  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
                    refuse(exchange, chain);
                  }

                  @Override
                  public String description() {
                    return "refuse";
                  }
                }));
    good = registry.host();
    SampleImages.of(good, InstantSource.system()).push();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "localhost:" + socket.getLocalPort();
    }
    Files.writeString(directory.resolve("broken.yaml"), "waivers: [{rule: x\n");
    Files.writeString(directory.resolve("broken.tar.gz"), "not an archive");
    Files.writeString(
        directory.resolve("rule.yaml"), "settings: {rules: {TARE-SIZE-999: {enabled: false}}}\n");
    CommandLineRun run = tare("scan", good, "-o", out(), "--fail-on", "never", "--no-progress");
    assertThat(run.status()).as(run.err()).isZero();
    left = files(directory.resolve("out"));
    listed = tare("runs").out();
    reported = lastReported("first");
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  private void refuse(HttpExchange exchange, Filter.Chain chain) throws IOException {
    String path = refused;
    if (path != null && exchange.getRequestURI().getPath().contains(path)) {
      try (exchange) {
        exchange.sendResponseHeaders(403, -1);
      }
    } else {
      chain.doFilter(exchange);
    }
  }

  private String out() {
    return directory.resolve("out").toString();
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private String lastReported(String name) throws IOException {
    Path again = directory.resolve("again-" + name);
    CommandLineRun run = tare("report", "--format", "csv", "-o", again.toString());
    assertThat(run.status()).as(run.err()).isZero();
    return Files.readString(again.resolve("images.csv"));
  }

  private void assertRefused(int status, String output, String words) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                words
                    .replace("GOOD", good)
                    .replace("NOBODY", nobody)
                    .replace("DIR", directory.toString())
                    .split(" ")));
    arguments.addAll(List.of("-o", directory.resolve(output).toString()));
    CommandLineRun run = tare(arguments.toArray(String[]::new));
    assertThat(run.status()).as(words + ": " + run.err() + run.out()).isEqualTo(status);
    assertThat(run.err()).as(words).startsWith("tare: ").doesNotContain("defect");
    assertThat(files(directory.resolve("out"))).as(words).isEqualTo(left);
    assertThat(directory.resolve("fresh")).as(words).doesNotExist();
  }

  private void assertRunsAreWhatTheyWere() {
    assertThat(tare("runs").out()).isEqualTo(listed);
    assertThat(tare("runs", "prune", "--keep", "1", "--dry-run").out())
        .isEqualTo("Would delete 0 runs\n");
  }

  @Test
  void scanOfNothing() throws IOException {
    for (String targets :
        List.of(
            "GOOD/team/web:no-such",
            "GOOD/team/no-such",
            "GOOD/team/web:no-such GOOD/team/no-such GOOD/no/such:1",
            "NOBODY",
            "NOBODY/team/web NOBODY/team/api:1",
            "GOOD/team/web:no-such --format csv",
            "oci:DIR/none")) {
      assertRefused(FAILED, "out", "scan --no-progress " + targets);
    }
    assertRefused(FAILED, "fresh/reports", "scan --no-progress GOOD/team/web:no-such");
    assertRefused(FAILED, "fresh/reports", "scan --no-progress NOBODY");
    assertRunsAreWhatTheyWere();
  }

  @Test
  void scanWithSettingsThatAreRefused() throws IOException {
    InputStream usual = System.in;
    System.setIn(new ByteArrayInputStream("# no target\n\n".getBytes(StandardCharsets.UTF_8)));
    try {
      for (String words :
          List.of(
              "GOOD --policy DIR/none",
              "GOOD --policy DIR/broken.tar.gz",
              "GOOD --waivers DIR/broken.yaml",
              "GOOD --waivers DIR/none.yaml",
              "GOOD -c DIR/rule.yaml",
              "GOOD --profile none",
              "GOOD --format pdf",
              "GOOD --framework DIR/none.yaml --format compliance",
              "GOOD --platform a/b/c/d",
              "GOOD --fail-on sometimes",
              "GOOD --tickets pigeons",
              "GOOD --parallelism 0",
              "Not/A/Name",
              "-")) {
        assertRefused(USAGE, "out", "scan --no-progress " + words);
      }
    } finally {
      System.setIn(usual);
    }
    assertRefused(USAGE, "fresh/reports", "scan --no-progress GOOD --policy DIR/broken.tar.gz");
    assertRunsAreWhatTheyWere();
  }

  @Test
  void scanWhoseCredentialsAreRefused() throws IOException {
    // Another state: what layers hold is known to the first one.
    String state = directory.resolve("refused").toString();
    for (String path : List.of("/v2/", "/_catalog", "/tags/list", "/manifests/", "/blobs/")) {
      refused = path;
      CommandLineRun run =
          CommandLineRun.of("scan", good, "--no-progress", "--state", state, "-o", out());
      refused = null;
      assertThat(run.status()).as(path + ": " + run.err() + run.out()).isEqualTo(FAILED);
      assertThat(run.err()).as(path).contains("403");
      assertThat(files(directory.resolve("out"))).as(path).isEqualTo(left);
    }
    assertThat(CommandLineRun.of("runs", "--state", state).out()).startsWith("No runs yet");
  }

  @Test
  void laterCommandThatIsRefused() throws IOException {
    for (String words :
        List.of(
            "evaluate --record --policy DIR/broken.tar.gz",
            "evaluate --record --waivers DIR/broken.yaml",
            "evaluate --record -c DIR/rule.yaml",
            "evaluate --record 1999",
            "evaluate --dry-run",
            "evaluate --tickets file",
            "report --format pdf",
            "report 1999",
            "report --since 1999",
            "tickets 1999")) {
      assertRefused(USAGE, "out", words);
    }
    assertRunsAreWhatTheyWere();
  }

  @Test
  void lastReportIsThatOfTheGoodScan() throws IOException {
    assertRefused(FAILED, "out", "scan --no-progress GOOD/team/web:no-such");
    assertThat(tare("inspect", good + "/team/web:no-such").status()).isEqualTo(FAILED);
    assertThat(tare("inspect", good + "/team/web:1.5").status()).isZero();
    assertThat(lastReported("last")).isEqualTo(reported);
    assertThat(tare("runs").out()).isEqualTo(listed);
  }

  @Test
  void imageThatAppearsAfterAFailureIsFoundByTheSameCommand() throws IOException {
    Path state = directory.resolve("appears");
    try (LoopbackRegistry late = LoopbackRegistry.inMemory()) {
      String[] command = {
        "scan",
        late.host() + "/team/web:1.5",
        "--no-progress",
        "--fail-on",
        "never",
        "--state",
        state.toString(),
        "-o",
        directory.resolve("appears-out").toString()
      };
      assertThat(CommandLineRun.of(command).status()).isEqualTo(FAILED);
      SampleImages.of(late.host(), InstantSource.system()).push();
      CommandLineRun second = CommandLineRun.of(command);
      assertThat(second.status()).as(second.err()).isZero();
      assertThat(second.out()).doesNotContain("resumed");
    }
  }
}
