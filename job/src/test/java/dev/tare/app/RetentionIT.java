package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.LoopbackFixture;
import dev.tare.testing.RawPush;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a state keeps from run to run, and for how long. */
class RetentionIT {
  /** What a run may add for itself, whatever it looks at. */
  private static final long BYTES_A_RUN = 20_000;

  private static final int IMAGES = 12;
  private static final int USAGE = 2;

  @TempDir Path directory;
  private LoopbackFixture registry;

  @BeforeEach
  void push() throws Exception {
    registry = LoopbackFixture.start();
    try (RawPush push = new RawPush(registry.host())) {
      for (int i = 0; i < IMAGES; i++) {
        image(push, "team/app" + i % 2, "1." + i);
      }
    }
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** Without layers. */
  private static void image(RawPush push, String repository, String tag) throws Exception {
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-11-01T00:00:00Z\",\"config\":{\"Labels\":{\"tag\":\""
            + tag
            + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
    String digest = push.blob(repository, config);
    push.manifest(
        repository,
        tag,
        "application/vnd.oci.image.manifest.v1+json",
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"mediaType\":"
            + "\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
            + digest
            + "\",\"size\":"
            + config.length()
            + "},\"layers\":[]}");
  }

  private CommandLineRun tare(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--state", directory.resolve("state").toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String scan(String target, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "scan",
                registry.host() + target,
                "-o",
                directory.resolve("out").toString(),
                "--format",
                "json",
                "--no-progress",
                "--fail-on",
                "never"));
    all.addAll(List.of(more));
    CommandLineRun run = tare(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().replaceFirst("(?s).*\nRun: (\\S+).*", "$1");
  }

  private long stateBytes() throws IOException {
    return Files.size(directory.resolve("state/tare.mv.db"));
  }

  @Test
  void scanThatChangedNothingAddsLittleAndOlderRunsAreForgottenByThemselves() throws IOException {
    scan("");
    String other = scan("/team/app0");
    long before = stateBytes();
    String second = scan("", "--keep-runs", "2");
    assertThat(stateBytes() - before).isLessThan(BYTES_A_RUN + 500 * IMAGES);
    String third = scan("", "--keep-runs", "2");
    assertThat(
            tare("runs", "--format", "json").out().lines().filter(line -> line.contains("\"id\"")))
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains(third),
            line -> assertThat(line).contains(second),
            line -> assertThat(line).contains(other));
    assertThat(tare("report", second, "-o", directory.resolve("again").toString()).status())
        .isZero();
    assertThat(scanStatus("--keep-runs", "0")).isEqualTo(USAGE);
  }

  private int scanStatus(String... more) {
    List<String> all = new ArrayList<>(List.of("scan", registry.host()));
    all.addAll(List.of(more));
    return tare(all.toArray(String[]::new)).status();
  }

  @Test
  void forgottenRepositoryIsInNoReportAnyMoreAndAWrongNameIsCorrected() {
    String run = scan("");
    String name = registry.host() + "/team/app1";
    CommandLineRun wrong = tare("runs", "forget", registry.host() + "/team/ap1");
    assertThat(wrong.status()).isEqualTo(USAGE);
    assertThat(wrong.err())
        .contains("repository \"" + registry.host() + "/team/ap1\": the state knows none")
        .contains("Did you mean \"" + name + "\"?");
    assertThat(tare("runs", "forget", name, "--dry-run").out())
        .isEqualTo("Would remove " + name + ": 6 images and 6 tags in 1 run\n");
    assertThat(tare("runs", "forget", name).out())
        .isEqualTo("Removing %s: 6 images and 6 tags in 1 run\nRemoved %s\n".formatted(name, name));
    assertThat(tare("runs", "forget", name).status()).isEqualTo(USAGE);

    CommandLineRun report =
        tare("report", run, "--format", "json", "-o", directory.resolve("left").toString());
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(WrittenReport.in(directory.resolve("left")).root().path("images").valueStream())
        .hasSize(6)
        .noneMatch(image -> image.toString().contains("team/app1"));
  }
}
