package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.demo.LoopbackRegistry;
import dev.tare.demo.SampleImages;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images of the last scan on other bases: no registry is asked, which is not there any more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RebaseIT {
  private Path directory;
  private String host;

  @BeforeAll
  void scan(@TempDir Path scratch) throws IOException {
    directory = scratch;
    try (LoopbackRegistry registry = LoopbackRegistry.inMemory()) {
      host = registry.host();
      SampleImages.of(host, InstantSource.system()).push();
      CommandLineRun run =
          tare("scan", host, "--fail-on", "never", "-o", directory.resolve("o").toString());
      assertThat(run.status()).as(run.err()).isZero();
    }
  }

  @Test
  void copiedLayersArePredictedOnAnotherBase() throws IOException {
    JsonNode rebase = rebase("state:team/api:2.0", "state:base/debian:12").path(0);

    assertThat(rebase.path("standing").asString()).isEqualTo("copied");
    assertThat(rebase.path("from").asString()).isEqualTo(host + "/base/distroless:12");
    JsonNode difference = rebase.path("difference");
    assertThat(difference.path("after").path("digest").isNull()).isTrue();
    assertThat(difference.path("layers").path("shared").asInt()).isEqualTo(1);
    assertThat(names(difference, "packages")).contains("deb bash");
    assertThat(difference.path("configuration").valueStream().map(RebaseIT::change))
        .contains(
            "base: " + host + "/base/distroless:12 → " + host + "/base/debian:12",
            "user: 65532 → null",
            "label org.opencontainers.image.base.name: "
                + host
                + "/base/distroless:12 → "
                + host
                + "/base/debian:12")
        .noneMatch(change -> change.startsWith("entrypoint"));
    assertThat(rebase.path("notKnown").valueStream().map(JsonNode::asString))
        .anyMatch(sentence -> sentence.startsWith("USER is as on the old base"));
    assertThat(difference.path("findings").valueStream().map(RebaseIT::change))
        .anyMatch(change -> change.startsWith("TARE-TOOL-") && change.contains(": pass → fail"));
  }

  @Test
  void packageManagerThatIsNotThereNeedsARebuild() throws IOException {
    JsonNode rebase = rebase("state:team/web:1.4", "state:base/alpine:3.20").path(0);

    assertThat(rebase.path("standing").asString()).isEqualTo("rebuild-needed");
    assertThat(rebase.path("difference").isNull()).isTrue();
    assertThat(rebase.path("obstacles").path(0).path("kind").asString())
        .isEqualTo("package-manager");
    assertThat(rebase.path("ownPackages").path(0).asString()).startsWith("curl ");
    assertThat(tare("rebase", "state:team/web:1.4", "--onto", "state:base/alpine:3.20").out())
        .contains("Rebuild needed", "dpkg (curl ")
        .doesNotContain("Rules");
  }

  @Test
  void allImagesOnABaseStandInATable() throws IOException {
    String[] all = {"rebase", "--all", "--from", "state:base/debian:12", "--onto", "scratch"};

    CommandLineRun run = tare(all);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.contains("as built")))
        .hasSize(2)
        .anyMatch(line -> line.contains("team/batch:7"))
        .anyMatch(line -> line.contains("egacy/app:latest"));
    assertThat(run.out().lines().filter(line -> line.contains("rebuild needed")))
        .hasSize(2)
        .allMatch(line -> line.contains("team/web:1."));
    assertThat(tare(all[0], all[1], all[2], all[3], all[4], all[5], "--format", "markdown").out())
        .contains("|image|")
        .contains("team/batch:7|linux/amd64|as built|");
  }

  @Test
  void pageAndCommentSayTheSame() {
    String[] one = {"rebase", "state:team/api:2.0", "--onto", "state:base/debian:12"};

    assertThat(tare(one).out())
        .contains("As a build would leave it", "base/distroless:12", "Rules")
        .satisfies(
            page -> assertThat(page.lines()).allMatch(line -> line.length() <= 80, "80 columns"));
    assertThat(tare(one[0], one[1], one[2], one[3], "--format", "markdown").out())
        .contains("## team/api:2.0 on base/debian:12", "As a build would leave it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "team/none:1 | | state:base/debian:12 | there is no such image there",
        "team/web:1.4 | | state:base/none:1 | rebase base/none:1: there is no such image there",
        "team/web:1.4 | | state:base/debian:12 | it is built on base/debian:12 already",
        "team/web:1.4 | | state:team/web:1.4 | is the image itself, no base of it",
        "team/web:1.4 | state:team/web:1.4 | state:base/alpine:3.20 | is the image itself",
        "team/web:1.4 | state:base/alpine:3.20 | scratch | it has no layer of",
        "base/alpine:3.20 | | state:base/debian:12 | what it is built on is not known",
        "base/debian:12 | scratch | state:team/web:1.4 | is built on it, which would be a circle"
      })
  void whatCannotBeIsSaidInOneLine(String image, String from, String onto, String message) {
    List<String> words = new ArrayList<>(List.of("rebase", "state:" + image, "--onto", onto));
    if (from != null) {
      words.addAll(List.of("--from", from));
    }

    CommandLineRun run = tare(words.toArray(String[]::new));

    assertThat(run.status()).isEqualTo(run.err().contains("no such image") ? 4 : 2);
    assertThat(run.err().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains(message));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void baseOfAnotherPlatformIsNone() {
    CommandLineRun run =
        tare(
            "rebase",
            "oci-archive:" + TestImages.path("oci/busybox-arm64-attestation.tar"),
            "--from",
            "scratch",
            "--onto",
            "state:base/debian:12");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("it is for linux/arm64", "base/debian:12 for linux/amd64");
  }

  @Test
  void oneImageOrAll() {
    assertThat(tare("rebase", "--onto", "scratch").err()).contains("expected one IMAGE, or --all");
    assertThat(tare("rebase", "--all", "--onto", "scratch").err()).contains("--from BASE");
  }

  private JsonNode rebase(String image, String onto) throws IOException {
    CommandLineRun run = tare("rebase", image, "--onto", onto, "--format", "json");
    assertThat(run.status()).as(run.err()).isZero();
    try (InputStream schema =
        Objects.requireNonNull(
            RebaseIT.class.getResourceAsStream("/tare/schemas/rebase.schema.json"))) {
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(schema)
                  .validate(run.out(), InputFormat.JSON))
          .isEmpty();
    }
    return JsonMapper.shared().readTree(run.out()).path("images");
  }

  private static String change(JsonNode value) {
    return value.path("name").asString(value.path("rule").asString(""))
        + ": "
        + value.path("before").asString("null")
        + " → "
        + value.path("after").asString("null");
  }

  private static List<String> names(JsonNode difference, String list) {
    return difference.path(list).valueStream().map(value -> value.path("name").asString()).toList();
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return CommandLineRun.of(Map.of("COLUMNS", "80"), all.toArray(String[]::new));
  }
}
