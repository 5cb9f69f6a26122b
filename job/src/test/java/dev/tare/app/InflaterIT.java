package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The native decoder of gzip and the one that stands in for it. */
class InflaterIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path temporary;

  @Test
  void withoutTheNativeDecoderTheFactsAreTheSame() throws Exception {
    Path image = archive();
    JsonNode usual = scan(image, "usual", "", "fetched (");
    JsonNode fallback = scan(image, "fallback", "-Dtare.igzip=false", ", inflated by JDK)");
    assertThat(fallback.path("layers").path(0).path("diffId").asString()).startsWith("sha256:");
    assertThat(fallback).isEqualTo(usual);
  }

  private JsonNode scan(Path image, String name, String option, String said) throws Exception {
    Path output = temporary.resolve(name);
    CommandLineRun run =
        TareProcess.start(
                temporary,
                name,
                Map.of("JAVA_TOOL_OPTIONS", option),
                List.of(
                    "scan",
                    "-v",
                    "docker-archive:" + image,
                    "--state",
                    output + ".state",
                    "-o",
                    output.toString(),
                    "--format",
                    "json",
                    "--tickets",
                    "none"))
            .end();
    assertThat(run.out()).as(run.err()).contains(said);
    ObjectNode facts =
        (ObjectNode) WrittenReport.in(output).root().path("images").path(0).path("facts");
    facts.remove("evaluatedAt");
    return facts;
  }

  private Path archive() throws Exception {
    byte[] data = new byte[2_000_000];
    Random random = new Random(1);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (random.nextInt(16) * 3);
    }
    LayerTar.Blob layer =
        LayerTar.of()
            .file("etc/os-release", "ID=alpine\nVERSION_ID=3.20.1\n")
            .executable("usr/bin/curl", "#!/bin/sh\n")
            .file("srv/data", data)
            .gzip();
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + layer.diffId()
                + "\"]}}")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] manifest =
        JSON.writeValueAsBytes(
            List.of(
                Map.of(
                    "Config", "config.json",
                    "RepoTags", List.of("team/app:1"),
                    "Layers", List.of("layer.tar"))));
    return Files.write(
        temporary.resolve("image.tar"),
        LayerTar.of()
            .file("config.json", config)
            .file("layer.tar", layer.bytes())
            .file("manifest.json", manifest)
            .tar()
            .bytes());
  }
}
