package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.LayerTar;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Eight layers at once whose files need several times the heap. */
class SmallHeapIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PACKAGES = 30_000;

  @TempDir Path temporary;

  @Test
  void filesThatDoNotFitTogetherAreReadOneAfterTheOther() throws Exception {
    Path images = archive();
    List<String> arguments =
        List.of(
            "scan",
            "docker-archive:" + images,
            "--parallelism",
            "8",
            "--state",
            temporary.resolve("state").toString(),
            "-o",
            temporary.resolve("report").toString(),
            "--format",
            "json",
            "--tickets",
            "none");
    CommandLineRun run =
        TareProcess.start(temporary, "tare", Map.of("JAVA_TOOL_OPTIONS", "-Xmx144m"), arguments)
            .end();
    assertThat(run.err()).doesNotContain("OutOfMemory").doesNotContain("out of memory");
    assertThat(run.status()).as(run.err()).isIn(0, 1);
    JsonNode report = WrittenReport.in(temporary.resolve("report")).root();
    assertThat(report.path("images").size()).isEqualTo(8);
    for (JsonNode image : report.path("images")) {
      assertThat(image.path("facts").path("base").path("os").path("id").asString())
          .isEqualTo("debian");
      assertThat(image.path("facts").path("gaps").valueStream())
          .anySatisfy(gap -> {
            assertThat(gap.path("fact").asString()).isEqualTo("packages");
            assertThat(gap.path("path").asString()).isEqualTo("/var/lib/rpm/rpmdb.sqlite");
            assertThat(gap.path("reason").asString()).contains("bytes of memory");
          });
    }
  }

  /** Each layer has a list of packages of 7 MB, and a database that is larger than the memory. */
  private Path archive() throws IOException {
    LayerTar archive = LayerTar.of();
    ArrayNode manifest = JSON.createArrayNode();
    // More than a third of the heap, less than one file may have.
    byte[] database = new byte[66_000_000];
    for (int i = 0; i < 8; i++) {
      LayerTar.Blob layer =
          LayerTar.of()
              .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n# " + i + "\n")
              .file("var/lib/dpkg/status", status(i))
              .file("var/lib/rpm/rpmdb.sqlite", database)
              .gzip();
      byte[] config =
          ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                  + layer.diffId()
                  + "\"]}}")
              .getBytes(StandardCharsets.US_ASCII);
      archive.file("config" + i + ".json", config).file("layer" + i + ".tar", layer.bytes());
      ObjectNode image = manifest.addObject();
      image.put("Config", "config" + i + ".json");
      image.putArray("RepoTags").add("team/app" + i + ":1");
      image.putArray("Layers").add("layer" + i + ".tar");
    }
    archive.file("manifest.json", JSON.writeValueAsBytes(manifest));
    return Files.write(temporary.resolve("images.tar"), archive.tar().bytes());
  }

  private static byte[] status(int image) {
    StringBuilder status = new StringBuilder();
    String description = "Description: " + "nothing that a fact needs ".repeat(6);
    for (int i = 0; i < PACKAGES; i++) {
      boolean installed = i % 100 == 0;
      status
          .append("Package: p" + image + "-" + i + "\nStatus: ")
          .append(installed ? "install ok installed" : "deinstall ok config-files")
          .append("\nVersion: 1\nArchitecture: all\n")
          .append(description)
          .append("\n\n");
    }
    return status.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
