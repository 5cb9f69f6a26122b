package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.SavedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Images of a real Docker engine. */
class DockerEngineIT {
  private static final String NAME = "tare-test/engine";

  @TempDir Path directory;
  private Path archive;

  @BeforeEach
  void load() throws IOException {
    Programs.skipUnless(
        DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    byte[] large = new byte[400_000];
    new Random(5).nextBytes(large);
    SavedImage image =
        new SavedImage(
            NAME + ":1",
            List.of(
                LayerTar.of()
                    .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                    .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
                    .file("srv/large", large)
                    .tar(),
                LayerTar.of().whiteout("srv/large").file("srv/small", "x").tar()));
    archive = image.write(directory.resolve("image.tar"), "[\"" + NAME + ":1\"]");
    try (InputStream in = Files.newInputStream(archive)) {
      client().loadImageCmd(in).exec();
    }
  }

  @AfterEach
  void remove() {
    if (archive != null) {
      client().removeImageCmd(NAME + ":1").exec();
    }
  }

  private static DockerClient client() {
    return DockerClientFactory.instance().client();
  }

  /** What is known of the image but what it is called. */
  private JsonNode facts(String image) {
    CommandLineRun run =
        CommandLineRun.of(
            "inspect", image, "--format", "json", "--state", directory.resolve("state").toString());
    assertThat(run.status()).as(run.err()).isZero();
    ObjectNode facts = (ObjectNode) JsonMapper.shared().readTree(run.out());
    ((ObjectNode) facts.path("image")).remove(List.of("registry", "repository"));
    facts.remove(List.of("evaluatedAt", "provenance", "gaps"));
    return facts;
  }

  @Test
  void imageHasTheFactsOfTheArchiveThatItWasLoadedFrom() {
    JsonNode loaded = facts("docker-daemon:" + NAME + ":1");

    assertThat(loaded.path("layers")).hasSize(2);
    assertThat(loaded.path("base").path("os").path("id").stringValue()).isEqualTo("debian");
    assertThat(loaded).isEqualTo(facts("docker-archive:" + archive));
  }

  @Test
  void everyImageThatHasANameIsScanned() {
    CommandLineRun run =
        CommandLineRun.of(
            "scan",
            "docker-daemon:",
            "--include",
            NAME,
            "--fail-on",
            "never",
            "--no-progress",
            "--state",
            directory.resolve("state").toString(),
            "-o",
            directory.resolve("out").toString(),
            "--format",
            "json");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(WrittenReport.in(directory.resolve("out")).images())
        .extracting(image -> image.path("reference").stringValue())
        .singleElement()
        .asString()
        .startsWith("docker-daemon:/" + NAME + ":1");
  }
}
