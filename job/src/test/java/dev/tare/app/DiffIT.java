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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two images side by side: of archives, of a registry, and one that the last scan saw. */
class DiffIT {
  @TempDir Path directory;

  /** Versions are those that {@code apk info -v} lists in both. */
  @Test
  void realImagesOfArchivesAreCompared() throws IOException {
    String before =
        "docker-archive:" + TestImages.path("docker-save/alpine-3.10-4gzlayers-whiteout.tar");
    String after = "docker-archive:" + TestImages.path("docker-save/alpine-3.15.0.tar.gz");

    CommandLineRun run = tare("diff", before, after, "--format", "json");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(errors(run.out())).isEmpty();
    JsonNode diff = JsonMapper.shared().readTree(run.out()).get(0);
    assertThat(diff.path("packages").valueStream().map(DiffIT::text))
        .contains(
            "apk musl: 1.1.22-r2 → 1.2.2-r7",
            "apk libretls: null → 3.3.4-r2",
            "apk libtls-standalone: 2.9.1-r0 → null");
    assertThat(diff.path("configuration").valueStream().map(DiffIT::text))
        .contains("system: Alpine Linux v3.10 → Alpine Linux v3.15");
    JsonNode changes = diff.path("files").path("changes");
    assertThat(changes.path("added").path("entries").intValue()).isPositive();
    assertThat(changes.path("entries").intValue())
        .isEqualTo(
            Stream.of("added", "changed", "deleted")
                .mapToInt(kind -> changes.path(kind).path("entries").intValue())
                .sum());
    // Nothing is left of it that another command would take for a result.
    assertThat(tare("runs").out()).contains("No runs yet");

    CommandLineRun page = tare("diff", before, after);
    assertThat(page.out().lines()).allMatch(line -> line.length() <= 80, "80 columns");
    assertThat(page.out()).contains("1.1.22-r2 → 1.2.2-r7", "├─ libcrypto.so.1.1");
    assertThat(tare("diff", after, after).out())
        .contains("Packages  no difference", "Rules  no difference", "Files  no difference");
  }

  @Test
  void imageOfTheLastScanIsComparedWithoutAWordToTheRegistry() throws IOException {
    String host;
    try (LoopbackRegistry registry = LoopbackRegistry.inMemory()) {
      host = registry.host();
      SampleImages.of(host, InstantSource.system()).push();
      String[] scan = {
        "scan",
        host + "/team/web",
        host + "/edge/agent",
        "--fail-on",
        "never",
        "-o",
        directory + "/o"
      };
      assertThat(tare(scan).status()).isZero();
      CommandLineRun mixed = tare("diff", "state:team/web:1.4", host + "/team/web:1.5");
      assertThat(mixed.status()).as(mixed.err()).isZero();
    }
    CommandLineRun run =
        tare(
            "diff",
            "state:team/web:1.4",
            "state:" + host + "/team/web:1.5",
            "--format",
            "markdown");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("## From team/web:1.4", "### Packages", "### Rules");

    CommandLineRun index = tare("diff", "state:edge/agent:2.1", "state:edge/agent:2.1");
    assertThat(index.out()).contains("linux/amd64", "linux/arm64");
    CommandLineRun one =
        tare("diff", "state:edge/agent:2.1", "state:edge/agent:2.1", "--platform", "linux/arm64");
    assertThat(one.out()).contains("linux/arm64").doesNotContain("linux/amd64");

    CommandLineRun none = tare("diff", "state:team/none:1", "state:team/web:1.5");
    assertThat(none.status()).isNotZero();
    assertThat(none.err()).contains("compare team/none:1: there is no such image there");
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return CommandLineRun.of(Map.of("COLUMNS", "80"), all.toArray(String[]::new));
  }

  private static String text(JsonNode value) {
    return value.path("name").asString()
        + ": "
        + value.path("before").asString("null")
        + " → "
        + value.path("after").asString("null");
  }

  private static List<String> errors(String json) throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(
            DiffIT.class.getResourceAsStream("/tare/schemas/diff.schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(schema)
          .validate(json, InputFormat.JSON)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }
}
