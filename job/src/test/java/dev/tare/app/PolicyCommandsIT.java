package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Frameworks;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Policies and frameworks of a user, from the command line to the reports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyCommandsIT {
  /** Loops on images of two layers, fills the memory on those of three, is sound on all others. */
  private static final String RUNAWAY =
      """
      package main

      deny contains "loops" if {
        input.layerCount == 2
        n := {format_int(i, 10) | some i in numbers.range(1, 3000)}
        count([1 | some a in n; some b in n; some c in n; c == "none"]) > 100
      }

      violation contains "grows" if {
        input.layerCount == 3
        n := numbers.range(1, 2000)
        count([[a, b] | some a in n; some b in n]) < 0
      }

      warn contains sprintf("%v layers", [input.layerCount])
      """;

  private static final String LIMITS = "settings: {limits: {timeout: PT3S, memory: 16MiB}}\n";

  private Path directory = Path.of("");
  private CommandLineRun scanned = new CommandLineRun(-1, "", "");

  @BeforeAll
  void scan(@TempDir Path temporary) throws IOException {
    Programs.assumeInstalled("opa");
    directory = temporary;
    Files.createDirectory(directory.resolve("acme"));
    Files.writeString(directory.resolve("acme/runaway.rego"), RUNAWAY);
    Files.writeString(directory.resolve("tare.yaml"), LIMITS);
    ImageLayout layout = ImageLayout.in(directory.resolve("layout"));
    for (int layers = 1; layers <= 4; layers++) {
      LayerTar.Blob[] blobs = new LayerTar.Blob[layers];
      for (int i = 0; i < layers; i++) {
        blobs[i] = LayerTar.of().file("srv/" + layers + "." + i, "content").gzip();
      }
      layout.image("l" + layers, blobs);
    }
    layout.write();
    scanned = tare("scan", "oci:" + directory.resolve("layout"), "--policy", bundle());
  }

  private String bundle() {
    return directory.resolve("acme").toString();
  }

  private CommandLineRun tare(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("-c", directory.resolve("tare.yaml").toString()));
    arguments.addAll(List.of("--state", directory.resolve("state").toString()));
    arguments.addAll(List.of("-o", directory.resolve("out-" + command).toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private JsonNode images(String command) {
    return WrittenReport.in(directory.resolve("out-" + command)).images();
  }

  /** Of each image, by its tag, the outcomes of the user's rules. */
  private static Map<String, List<String>> outcomes(JsonNode images) {
    Map<String, List<String>> outcomes = new TreeMap<>();
    for (JsonNode image : images) {
      outcomes.put(
          image.path("tags").path(0).asString(""),
          image
              .path("outcomes")
              .valueStream()
              .filter(o -> o.path("rule").asString("").startsWith("ACME-"))
              .map(o -> o.path("outcome").asString("") + " " + o.path("message").asString(""))
              .toList());
    }
    return outcomes;
  }

  private static void assertRunawaysAreUnknown(JsonNode images) {
    String why = "unknown evaluate policies acme: it ";
    assertThat(outcomes(images))
        .containsExactly(
            Map.entry("l1", List.of("pass ", "pass ", "fail 1 layers")),
            Map.entry("l2", List.of(why + "took longer than 3 s", "pass ", "fail 2 layers")),
            Map.entry(
                "l3", List.of("pass ", why + "needs more memory than 16 MiB", "fail 3 layers")),
            Map.entry("l4", List.of("pass ", "pass ", "fail 4 layers")));
    for (JsonNode image : images) {
      assertThat(image.path("outcomes").valueStream())
          .filteredOn(outcome -> outcome.path("rule").asString("").equals("TARE-USER-001"))
          .extracting(outcome -> outcome.path("outcome").asString(""))
          .containsExactly("fail");
    }
  }

  @Test
  void ruleThatLoopsOrAllocatesWithoutEndIsUnknownAndTheNextImageIsJudged() {
    assertThat(scanned.status()).as(scanned.err()).isEqualTo(1);
    assertRunawaysAreUnknown(images("scan"));
  }

  @Test
  void itIsSoWhereStoredFactsAreJudgedAgain() {
    CommandLineRun run = tare("evaluate", "--policy", bundle(), "--fail-on", "never");
    assertThat(run.status()).as(run.err()).isZero();
    assertRunawaysAreUnknown(images("evaluate"));
  }

  @Test
  void differenceOfAnEvaluationHoldsSeveritiesToo() throws IOException {
    String run = scanned.out().replaceFirst("(?s).*\nRun: (\\S+).*", "$1");
    Path lower =
        Files.writeString(
            directory.resolve("lower.yaml"),
            "settings: {overrides: [{repositories: [\"**\"], rules: {TARE-USER-001: {severity: low}}}]}\n");
    CommandLineRun again =
        CommandLineRun.of(
            "evaluate",
            "-c",
            lower.toString(),
            "--run",
            run,
            "--state",
            directory.resolve("state").toString(),
            "-o",
            directory.resolve("out-lower").toString(),
            "--format",
            "json");
    assertThat(again.out())
        .contains("Compared with " + run + ": 4 fail high → fail low, 4 fail → not judged")
        .contains("TARE-USER-001  fail high → fail low");
  }

  @Test
  void frameworkOfAUserStandsBesideTheShippedOnes() throws IOException {
    Path own =
        Files.writeString(
            directory.resolve("acme.yaml"),
            """
            framework: acme
            title: Our own demands
            version: "3"
            controls:
              - {id: A.1, title: Nothing runs as root, rules: [TARE-USER-001]}
              - {id: A.2, title: Somebody answers for the image, manual: Ask the team.}
              - {id: A.3, title: Nobody has thought of a rule}
              - {id: A.4, title: Few layers, rules: [TARE-LAYER-001]}
            """);
    CommandLineRun run =
        tare("report", "--format", "compliance,oscal", "--framework", own.toString());
    assertThat(run.status()).as(run.err()).isZero();
    String page = Files.readString(directory.resolve("out-report/compliance.md"));
    assertThat(page)
        .contains(
            Frameworks.shipped().stream().map(shipped -> "\n## " + shipped.title() + "\n").toList())
        .contains("\n## Our own demands\n\nVersion 3.\n")
        .contains("4 controls: 1 not satisfied, 1 satisfied, 1 manual, 1 not covered.")
        .contains("|A.1|Nothing runs as root|not satisfied|4|0|0|TARE-USER-001|")
        .contains("|A.2|Somebody answers for the image|manual|")
        .contains("|A.3|Nobody has thought of a rule|not covered|")
        .contains("|A.4|Few layers|satisfied|0|0|0|TARE-LAYER-001|")
        .contains("|A.2|Somebody answers for the image|Ask the team.|||");
    // Controls that no rule looks at are no result of an assessment.
    assertThat(Files.readString(directory.resolve("out-report/oscal.json")))
        .contains("Our own demands")
        .containsPattern("\"target-id\" ?: ?\"acme_A\\.1\"")
        .containsPattern("\"target-id\" ?: ?\"acme_A\\.4\"")
        .doesNotContain("acme_A.2", "acme_A.3");
  }

  @Test
  void frameworkFileThatIsNoneIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "framework: x\n");
    CommandLineRun run =
        CommandLineRun.of(
            "report",
            "--state",
            directory.resolve("state").toString(),
            "-o",
            directory.resolve("out-wrong").toString(),
            "--format",
            "compliance",
            "--framework",
            wrong.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("wrong.yaml").contains("controls is missing");
    assertThat(directory.resolve("out-wrong/compliance.md")).doesNotExist();
  }
}
