package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.SampleImages;
import dev.tare.testing.LoopbackFixture;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What images add to their bases, by the command line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnPartIT {
  private LoopbackFixture registry;
  private Path directory;
  private CommandLineRun scan;

  @BeforeAll
  void scan(@TempDir Path temporary) {
    registry = LoopbackFixture.start();
    SampleImages.of(registry.host(), InstantSource.system()).push();
    directory = temporary;
    scan = tare("scan", registry.host(), "--own", "-o", file("own"));
  }

  @AfterAll
  void stop() {
    registry.close();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", file("state")));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private static List<String> failing(JsonNode report, String image) {
    return report
        .path("images")
        .valueStream()
        .filter(one -> one.path("reference").asString().endsWith(image))
        .flatMap(one -> one.path("outcomes").valueStream())
        .filter(outcome -> outcome.path("outcome").asString().equals("fail"))
        .map(outcome -> outcome.path("rule").asString())
        .toList();
  }

  @Test
  void whatABaseBringsCountsOnceAtTheBase() {
    assertThat(scan.status()).as(scan.err()).isEqualTo(1);
    assertThat(scan.out())
        .contains("12 images, their own part, in 10 repositories")
        .containsPattern("Brought by \\S+/base/debian:12: 2 high, 1 medium, in 4 images")
        .contains("Whether a base brings them is not known: 1 high, in 1 image");
    JsonNode report = WrittenReport.in(directory.resolve("own")).root();
    assertThat(failing(report, "/base/debian:12")).contains("TARE-TOOL-001", "TARE-TOOL-002");
    assertThat(failing(report, "/team/batch:7"))
        .contains("TARE-TOOL-016", "TARE-USER-001")
        .doesNotContain("TARE-TOOL-001", "TARE-TOOL-002");
    assertThat(report.at("/own/inherited").isEmpty()).isFalse();
    assertThat(report.path("tickets").path("items")).hasSize(6);
  }

  /** Nothing of the reading is stored. */
  @Test
  void nextReportIsOfWholeImagesAgain() {
    CommandLineRun whole = tare("report", "-o", file("whole"), "--format", "json");
    assertThat(whole.status()).as(whole.err()).isZero();
    JsonNode report = WrittenReport.in(directory.resolve("whole")).root();
    assertThat(report.has("own")).isFalse();
    assertThat(failing(report, "/team/batch:7")).contains("TARE-TOOL-001", "TARE-TOOL-002");
    JsonNode stored = JsonMapper.shared().readTree(tare("runs", "--format", "json").out());
    int score = stored.valueStream().toList().getLast().at("/summary/score").asInt(-1);
    assertThat(score).isPositive().isEqualTo(report.at("/summary/score").asInt());

    CommandLineRun again = tare("report", "--own", "-o", file("again"), "--format", "json");
    assertThat(again.status()).as(again.err()).isZero();
    JsonNode own = WrittenReport.in(directory.resolve("again")).root();
    assertThat(own.path("summary"))
        .isEqualTo(WrittenReport.in(directory.resolve("own")).root().path("summary"));
    assertThat(own.path("own"))
        .isEqualTo(WrittenReport.in(directory.resolve("own")).root().path("own"));

    CommandLineRun judged = tare("evaluate", "--own", "-o", file("judged"));
    assertThat(judged.out())
        .contains("12 images, their own part,")
        .contains(": every outcome is the same.");
  }

  @Test
  void planOfTheOwnPartSaysWhatBasesBring() {
    CommandLineRun plan = tare("plan", "--own");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains(" findings of their own")
        .containsPattern("Brought by \\S+/base/debian:12: ");
    assertThat(tare("plan").out()).doesNotContain("Brought by", "of their own");
    JsonNode own = JsonMapper.shared().readTree(tare("plan", "--own", "--format", "json").out());
    assertThat(own.at("/own/inherited/0/base").asString()).contains("/base/");
    assertThat(JsonMapper.shared().readTree(tare("plan", "--format", "json").out()).has("own"))
        .isFalse();
    assertThat(tare("plan", "--own", "--format", "markdown").out())
        .contains("- Brought by ", "/base/debian:12: ");
  }

  @Test
  void whatIsAboutWholeImagesIsRefused() {
    CommandLineRun controls =
        tare("report", "--own", "-o", file("none"), "--format", "json,compliance,oscal");
    assertThat(controls.status()).isEqualTo(2);
    assertThat(controls.err()).startsWith("tare: --own: compliance, oscal are about whole images");
    CommandLineRun since = tare("report", "--own", "--since", "2026", "-o", file("none"));
    assertThat(since.status()).isEqualTo(2);
    assertThat(since.err()).startsWith("tare: --own: it is told of one run");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  /** Alone in a registry it stands on nobody knows what. */
  @Test
  void imageWhoseBaseNobodyKnowsIsNoSuccess() {
    CommandLineRun alone =
        CommandLineRun.of(
            Stream.of(
                    "scan",
                    registry.host() + "/team/worker:0.9",
                    "--own",
                    "-q",
                    "--fail-on",
                    "high",
                    "--state",
                    file("other"),
                    "-o",
                    file("alone"))
                .toArray(String[]::new));
    assertThat(alone.status()).as(alone.out()).isEqualTo(3);
    assertThat(alone.out())
        .contains("1 image, its own part, in 1 repository")
        .contains("Whether a base brings them is not known: ");
  }
}
