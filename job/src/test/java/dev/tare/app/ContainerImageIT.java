package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import tools.jackson.databind.JsonNode;

/** Tare's own image, built by jib from what is here, and judged by Tare. */
@Tag("proof")
@EnabledOnOs(OS.LINUX)
class ContainerImageIT {
  private static final long PATIENCE_SECONDS = 600;

  private static final String NAME = "tare-test/own:1.0";

  @TempDir static Path directory;

  private static Path archive;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home"));
    Programs.skipUnless(
        Runtime.version().feature() >= 25 && Files.isExecutable(jdk.resolve("bin/jlink")),
        "the image needs a JDK of version 25 or later with jlink");
    Programs.assumeInstalled("objcopy");
    Path layout = directory.resolve("image");
    String created = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    maven(layout, jdk, created, "cyclonedx:makeBom@sbom", "exec:exec@layout", "jib:buildTar");
    String digest = Files.readString(Path.of(layout + ".digest"));
    maven(layout, jdk, created, "jib:buildTar");
    assertThat(Files.readString(Path.of(layout + ".digest"))).isEqualTo(digest);
    archive = Path.of(layout + ".tar");
  }

  /** As a restricted pod runs it: nothing to write but two directories, no rights, no network. */
  @Test
  void imageRunsReadOnlyAndWithoutRights() throws IOException {
    Programs.assumeInstalled("skopeo");
    Programs.skipUnless(
        DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    DockerClient engine = DockerClientFactory.instance().client();
    Path saved = directory.resolve("saved.tar");
    Programs.run(
        "skopeo",
        "copy",
        "--insecure-policy",
        "oci-archive:" + archive,
        "docker-archive:" + saved + ":" + NAME);
    try (InputStream in = Files.newInputStream(saved)) {
      engine.loadImageCmd(in).exec();
    }
    String container =
        engine
            .createContainerCmd(NAME)
            .withCmd("demo", "--output", "/var/lib/tare/demo", "--no-progress")
            .withHostConfig(
                HostConfig.newHostConfig()
                    .withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withNetworkMode("none")
                    .withTmpFs(Map.of("/tmp", "mode=1777", "/var/lib/tare", "uid=65532,mode=700")))
            .exec()
            .getId();
    try {
      engine.startContainerCmd(container).exec();
      int status =
          engine
              .waitContainerCmd(container)
              .start()
              .awaitStatusCode(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = said(engine, container);
      assertThat(said).contains("12 images in 10 repositories", "Report: /var/lib/tare/demo/");
      assertThat(status).as(said).isZero();
    } finally {
      engine.removeContainerCmd(container).withForce(true).exec();
      engine.removeImageCmd(NAME).withForce(true).exec();
    }
  }

  private static String said(DockerClient engine, String container) {
    StringBuilder said = new StringBuilder();
    try (ResultCallback.Adapter<Frame> frames =
        new ResultCallback.Adapter<>() {
          @Override
          public void onNext(Frame frame) {
            said.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
          }
        }) {
      engine
          .logContainerCmd(container)
          .withStdOut(true)
          .withStdErr(true)
          .exec(frames)
          .awaitCompletion();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return said.toString();
  }

  @Test
  void ownImageCompliesWithTheProdProfile() {
    Path output = directory.resolve("report");
    CommandLineRun run =
        CommandLineRun.of(
            "scan",
            "oci:" + archive,
            "--profile",
            "prod",
            "--state",
            directory.resolve("state").toString(),
            "-o",
            output.toString(),
            "--format",
            "json",
            "--tickets",
            "none",
            "--no-progress");
    JsonNode image = WrittenReport.in(output).images().get(0);
    assertThat(failed(image)).as(run.out()).isEmpty();
    assertThat(image.path("verdict").asString()).isEqualTo("compliant");
    assertThat(run.status()).isZero();
    // Whether it is signed, a file cannot tell: whoever publishes the image signs it there.
    assertThat(outcome(image, "TARE-PROV-004")).isEqualTo("unknown note");
    assertThat(image.at("/facts/image/config/user").asString()).isEqualTo("65532:65532");
    assertThat(image.at("/facts/tools"))
        .extracting(tool -> tool.path("path").asString())
        .containsExactly("/opt/java/bin/java");
  }

  private static String outcome(JsonNode image, String rule) {
    return image
        .path("outcomes")
        .valueStream()
        .filter(outcome -> outcome.path("rule").asString().equals(rule))
        .map(outcome ->
            outcome.path("outcome").asString() + " " + outcome.path("severity").asString())
        .findFirst()
        .orElse("none");
  }

  private static List<String> failed(JsonNode image) {
    List<String> failed = new ArrayList<>();
    for (JsonNode outcome : image.path("outcomes")) {
      String kind = outcome.path("outcome").asString();
      if ((kind.equals("fail") || kind.equals("unknown"))
          && !outcome.path("severity").asString().equals("note")) {
        failed.add(
            kind
                + " "
                + outcome.path("rule").asString()
                + ": "
                + outcome.path("message").asString());
      }
    }
    return failed;
  }

  private static void maven(Path layout, Path jdk, String created, String... goals)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                TestImages.repository().resolve("mvnw").toString(),
                "-B",
                "-q",
                "-ntp",
                "-pl",
                "job",
                "-Pimage",
                "-Dimage.name=tare:1.0",
                "-Dimage.layout=" + layout,
                "-Dimage.jdk=" + jdk,
                "-Dimage.created=" + created,
                "-Dimage.revision=0123456789abcdef0123456789abcdef01234567"));
    command.addAll(List.of(goals));
    Path log = directory.resolve("maven.log");
    Process process =
        new ProcessBuilder(command)
            .directory(TestImages.repository().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroy();
      throw new AssertionError("still building after " + PATIENCE_SECONDS + " seconds");
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
