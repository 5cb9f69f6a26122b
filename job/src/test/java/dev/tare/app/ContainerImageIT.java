package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tare's own image, built by jib from what is here, and judged by Tare. */
@Tag("proof")
@EnabledOnOs(OS.LINUX)
class ContainerImageIT {
  private static final long PATIENCE_SECONDS = 600;

  @TempDir Path directory;

  @Test
  void ownImageCompliesWithTheProdProfile() throws IOException, InterruptedException {
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

    Path output = directory.resolve("report");
    CommandLineRun run =
        CommandLineRun.of(
            "scan",
            "oci:" + layout + ".tar",
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

  private void maven(Path layout, Path jdk, String created, String... goals)
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
