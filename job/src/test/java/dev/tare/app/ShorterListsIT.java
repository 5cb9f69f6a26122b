package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.ServedLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A catalog or a list of tags that is shorter than it was. Each tag here is a line of its own. */
class ShorterListsIT {
  private static final int INCOMPLETE = 3;
  private static final int FAILED = 4;
  private static final List<String> TAGS =
      List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta");

  @TempDir Path directory;

  private ServedLayout registry;

  @BeforeEach
  void serve() {
    ImageLayout layout = ImageLayout.in(directory.resolve("layout"));
    TAGS.forEach(tag -> layout.image(tag, LayerTar.of().file("name", tag).gzip()));
    layout.write();
    registry = ServedLayout.of(directory.resolve("layout"), "team/app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void emptyCatalogSaysWhatItMeansAndIsNoSuccess() {
    registry.listNoRepository();

    CommandLineRun run = scan();

    assertThat(run.status()).isEqualTo(FAILED);
    assertThat(run.err())
        .contains("list repositories of " + registry.host() + ": none is listed.")
        .contains("may read")
        .contains("name the repositories as targets");
  }

  @Test
  void whatListsLeaveOutIsAskedForByName() throws IOException {
    assertThat(scan().status()).isZero();
    registry.listNoRepository();
    registry.hideTag("beta");

    CommandLineRun run = scan();

    assertThat(run.status()).isEqualTo(INCOMPLETE);
    JsonNode report = report();
    assertThat(report.path("summary").path("images").intValue()).isEqualTo(TAGS.size());
    assertThat(report.path("gone")).isEmpty();
    assertThat(report.path("notInspected"))
        .extracting(one -> one.path("stage").stringValue(), one -> one.path("reason").stringValue())
        .satisfiesExactly(
            one ->
                assertThat(one.toList().toString())
                    .contains("registry, ", "none is listed, 1 before"),
            one -> assertThat(one.toList().toString()).contains("repository, ", "such as beta"));
    assertThat(run.out()).contains("none is listed, 1 before", "such as beta");
    assertThat(open()).hasSize(TAGS.size());
  }

  @Test
  void onlySoManyTicketsOfWhatIsGoneCloseAndTheOthersWait() throws IOException {
    scan();
    TAGS.stream().filter(tag -> !tag.equals("theta")).forEach(registry::removeTag);

    CommandLineRun run = scan();

    assertThat(run.status()).isZero();
    assertThat(open()).hasSize(3);
    assertThat(run.out())
        .contains("Gone since the last run: ", " and 4 more")
        .contains("Tickets waiting to be closed: 2, because what they name is gone (2)");
    JsonNode report = report();
    assertThat(report.path("gone")).hasSize(7);
    assertThat(report.path("tickets").path("items"))
        .filteredOn(ticket -> ticket.path("change").asString("").equals("waiting"))
        .hasSize(2);
    assertThat(Files.readString(output().resolve("index.html"))).contains("\"gone\":[");
    String first = report.path("run").path("id").stringValue();

    scan();
    assertThat(open()).as("again, at once").hasSize(3);
    assertThat(tare("tickets", "--allow-closing", first, "other").err()).contains("Name one run");
    assertThat(open()).hasSize(3);

    CommandLineRun allowed =
        tare(
            "tickets",
            "--allow-closing",
            report().path("run").path("id").stringValue(),
            "-o",
            output().toString());

    assertThat(allowed.out()).contains("2 closed");
    assertThat(open()).hasSize(1);
  }

  @Test
  void ruleThatIsNoLongerAskedClosesOnlySoMany() throws IOException {
    scan();
    Path settings = directory.resolve("tare.yaml");
    StringBuilder none = new StringBuilder("settings:\n  rules:\n");
    report()
        .path("rules")
        .forEach(rule ->
            none.append("    ")
                .append(rule.path("id").stringValue())
                .append(": {enabled: false}\n"));
    Files.writeString(settings, none);

    CommandLineRun run = scan("--config", settings.toString());

    assertThat(run.out()).contains("other rules, settings or profiles judge now (3)");
    assertThat(open()).hasSize(3);
    scan();
    assertThat(open()).as("asked again").hasSize(TAGS.size());
  }

  private CommandLineRun scan(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "scan",
                registry.host(),
                "--no-progress",
                "--fail-on",
                "never",
                "-o",
                output().toString()));
    line.addAll(Arrays.asList(more));
    return tare(line.toArray(String[]::new));
  }

  private CommandLineRun tare(String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--state", directory.resolve("state").toString()));
    return CommandLineRun.of(line.toArray(String[]::new));
  }

  private Path output() {
    return directory.resolve("out");
  }

  private JsonNode report() throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(Files.readAllBytes(output().resolve("report.json")));
  }

  private List<Path> open() throws IOException {
    List<Path> open = new ArrayList<>();
    try (var files = Files.newDirectoryStream(output().resolve("tickets"), "*.md")) {
      for (Path file : files) {
        if (Files.readString(file).contains("state: \"open\"")) {
          open.add(file);
        }
      }
    }
    return open;
  }
}
