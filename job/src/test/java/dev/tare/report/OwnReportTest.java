package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.OwnReading;
import dev.tare.finding.OwnReading.Inherited;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.plan.OwnPart;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports of the images' own part. */
class OwnReportTest {
  @TempDir Path directory;

  private final OwnPart own = OwnPart.of(SampleRun.of(40));

  private String text(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  @Test
  void eachFormatTellsTheOwnPartAndSaysSo() throws IOException {
    new Reports()
        .write(
            ReportInput.of(own),
            directory,
            List.of("html", "json", "csv", "sarif", "junit", "codequality", "markdown", "metrics"));

    RunSummary summary = own.summary();
    assertThat(text("summary.md"))
        .startsWith("## Tare, own part: ")
        .contains("Brought by " + own.own().inherited().getFirst().base())
        .doesNotContain("no earlier run");
    assertThat(text("metrics.prom"))
        .contains("tare_own_images{verdict=\"failing\"} " + summary.failing() + ".0")
        .contains("tare_own_score " + summary.score() + ".0")
        .doesNotContainPattern("(?m)^tare_(?!own_)");
    JsonNode json = JsonMapper.shared().readTree(text("report.json"));
    assertThat(json.at("/summary/failing").asInt()).isEqualTo(summary.failing());
    assertThat(json.at("/own/unknownImages").asInt(-1)).isEqualTo(own.own().unknownImages());
    JsonNode worst = json.at("/own/inherited/0");
    Inherited expected = own.own().inherited().getFirst();
    assertThat(worst.path("base").asString()).isEqualTo(expected.base());
    assertThat(worst.path("judged").asBoolean()).isEqualTo(expected.judged());
    assertThat(worst.path("images").valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(expected.images());
    assertThat(worst.path("imageCount").asInt()).isEqualTo(expected.images().size());
    for (Severity severity : Severity.values()) {
      assertThat(worst.at("/findings/" + severity.word()).asInt(-1))
          .isEqualTo(expected.findings().getOrDefault(severity, 0));
    }
    assertThat(json.path("images").valueStream().map(image -> image.path("verdict").asString()))
        .filteredOn("failing"::equals)
        .hasSize(summary.failing());
    String schema =
        new String(
            getClass().getResourceAsStream("/tare/schemas/report.schema.json").readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(Schemas.of(schema).validate(text("report.json"), InputFormat.JSON)).isEmpty();
    assertThat(text("index.html")).contains("\"own\":{\"inherited\":");
  }

  @Test
  void wholeImagesAreToldWithoutIt() throws IOException {
    new Reports()
        .write(ReportInput.of(SampleRun.small()), directory, List.of("json", "html", "metrics"));
    assertThat(JsonMapper.shared().readTree(text("report.json")).has("own")).isFalse();
    assertThat(text("metrics.prom")).doesNotContain("tare_own_");
  }

  @Test
  void whatIsToldBesideHasWords() {
    OwnReading reading =
        new OwnReading(
            List.of(
                new Inherited("r/a:1", true, Map.of(Severity.HIGH, 2), List.of("r/x", "r/y")),
                new Inherited("r/b:1", false, Map.of(Severity.LOW, 1), List.of("r/x")),
                new Inherited("r/c:1", true, Map.of(Severity.NOTE, 9), List.of("r/x"))),
            Map.of(Severity.HIGH, 1, Severity.NOTE, 5),
            1);
    assertThat(OwnText.lines(reading))
        .containsExactly(
            "Brought by r/a:1: 2 high, in 2 images",
            "Brought by r/b:1: 1 low, in 1 image; it is not judged in this run as these images have"
                + " it",
            "Whether a base brings them is not known: 1 high, in 1 image; they are in no count, and"
                + " no such image is said to comply");
    assertThat(OwnText.lines(new OwnReading(List.of(), Map.of(Severity.NOTE, 5), 0))).isEmpty();
  }

  @Test
  void everyImageIsThere() {
    int[] images = {0};
    own.forEachImage((JudgedImage image) -> images[0]++);
    assertThat(images[0]).isEqualTo(own.summary().images());
  }
}
