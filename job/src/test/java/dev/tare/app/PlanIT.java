package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The path of somebody whose registry fails everywhere: scan, plan, baseline, scan. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanIT {
  @TempDir static Path directory;
  private LoopbackRegistry registry;
  private CommandLineRun scan;
  private String scanned;

  @BeforeAll
  void scan() throws IOException {
    registry = LoopbackRegistry.inMemory();
    SampleImages.of(registry.host(), InstantSource.system()).push();
    scan = tare("scan", registry.host(), "-o", path("out"), "--no-progress");
    scanned = scan.out().replaceFirst("(?s).*\nRun: (\\S+).*", "$1");
    CommandLineRun baseline = tare("baseline", "-o", path("known.yaml"));
    assertThat(baseline.status()).as(baseline.err()).isZero();
    assertThat(baseline.out()).contains("findings known");
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", path("state")));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private CommandLineRun evaluate(String baseline) {
    return tare(
        "evaluate", scanned, "--baseline", path(baseline), "-o", path("trial"), "--format", "json");
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private JsonNode report(String output) throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(directory.resolve(output).resolve("report.json")));
  }

  @Test
  void planIsThatOfTheReportAndTheEndOfTheScanHasItsBeginning() throws IOException {
    CommandLineRun plan = tare("plan", scanned, "--format", "json");
    JsonNode actions = JsonMapper.shared().readTree(plan.out()).path("actions");
    assertThat(actions.size()).isGreaterThan(5);
    assertThat(actions).isEqualTo(report("out").path("actions"));
    assertThat(scan.out())
        .contains("What to do first", "  1. Change the base base/debian:12 (ends ", "  3. ")
        .doesNotContain("  4. ");
    assertThat(tare("plan", scanned).out()).contains("1.  Change the base base/debian:12");
    assertThat(tare("plan", scanned, "--format", "markdown", "-n", "1").out())
        .contains("# What to do first", "## Change the base ");
    assertThat(tare("plan", "-n", "0").status()).isEqualTo(2);
  }

  @Test
  void onlyNewFindingsFailWithABaseline() throws IOException {
    assertThat(scan.status()).isEqualTo(1);
    CommandLineRun again =
        tare(
            "scan",
            registry.host(),
            "--baseline",
            path("known.yaml"),
            "-o",
            path("out2"),
            "--no-progress");
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).doesNotContain("not there any more");
    List<JsonNode> waived =
        report("out2")
            .path("images")
            .valueStream()
            .flatMap(image -> image.path("outcomes").valueStream())
            .filter(outcome -> outcome.path("outcome").asString().equals("waived"))
            .toList();
    assertThat(waived).isNotEmpty();
    assertThat(waived)
        .allMatch(outcome ->
            outcome.at("/waiver/reason").asString().matches("known since \\S+ by baseline"));
    assertThat(tare("plan").out()).contains("Nothing to do");

    // What the baseline knew is what the next one knows.
    String before = Files.readString(directory.resolve("known.yaml"));
    assertThat(tare("baseline", "-o", path("known.yaml")).out()).contains(" 0 of them new");
    assertThat(directory.resolve("known.yaml")).hasContent(before);
  }

  @Test
  void findingThatTheBaselineDoesNotKnowFailsAndWhatIsGoneIsSaid() throws IOException {
    String known = Files.readString(directory.resolve("known.yaml"));
    Files.writeString(
        directory.resolve("less.yaml"),
        known.replaceFirst("(fingerprint: )\"[0-9a-f]+", "$1\"00000000"));
    CommandLineRun less = evaluate("less.yaml");
    assertThat(less.status()).isEqualTo(1);
    assertThat(less.out())
        .contains("Known, and not there any more: ", "; tare baseline leaves it out");
  }

  @Test
  void baselineOfAnotherRegistryIsSaidToBe() throws IOException {
    String known = Files.readString(directory.resolve("known.yaml"));
    Files.writeString(
        directory.resolve("other.yaml"), known.replace(registry.host(), "registry.example.com"));
    CommandLineRun other = evaluate("other.yaml");
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.out())
        .contains(
            "Baseline of other images: it is about registry.example.com/**, and none of this run is.");
  }

  @Test
  void fileThatIsNoBaselineIsNeitherReadNorOverwritten() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), "waivers: []\n");
    assertThat(tare("baseline", "-o", file.toString()).status()).isEqualTo(2);
    assertThat(evaluate("mine.yaml").status()).isEqualTo(2);
    assertThat(file).hasContent("waivers: []\n");
  }
}
