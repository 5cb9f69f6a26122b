package dev.tare.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.testing.Programs;
import dev.tare.testing.Skopeo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What skopeo, tar and file say of the sample images. */
class SampleImagesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

  private static LoopbackRegistry registry;
  private static List<String> pushed;

  @BeforeAll
  static void push() throws IOException {
    registry = LoopbackRegistry.inMemory();
    pushed =
        SampleImages.of(registry.host(), CLOCK).withBrokenImage().push().stream()
            .map(one -> one.repository() + ":" + one.tag())
            .toList();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Test
  void estateIsPushed() {
    assertThat(pushed)
        .containsExactly(
            "base/debian:12",
            "base/alpine:3.20",
            "base/distroless:12",
            "team/web:1.4",
            "team/web:1.5",
            "team/api:2.0",
            "team/worker:0.9",
            "team/batch:7",
            "legacy/app:latest",
            "edge/probe:1.0",
            "edge/agent:2.1",
            "team/broken:1");
  }

  @Test
  void derivedImageStandsOnItsBase() {
    List<String> base = layers("base/debian:12");
    List<String> web = layers("team/web:1.5");
    assertThat(base).hasSize(1);
    assertThat(web).hasSize(3).startsWith(base.getFirst());
    assertThat(layers("team/batch:7")).hasSize(11).startsWith(base.getFirst());
    assertThat(layers("edge/probe:1.0")).hasSize(1);
  }

  @Test
  void configsSayWhatThePolicyLooksAt() {
    assertThat(config("team/api:2.0").at("/config/User").asString()).isEqualTo("65532");
    assertThat(config("team/web:1.5").at("/config/User").asString("")).isEmpty();
    assertThat(config("legacy/app:latest").path("created").asString())
        .isEqualTo("2016-03-01T08:00:00Z");
    assertThat(config("team/web:1.5").path("created").asString()).isEqualTo("2026-11-18T00:00:00Z");
    assertThat(
            config("team/api:2.0")
                .path("config")
                .path("Labels")
                .path("org.opencontainers.image.base.digest")
                .asString())
        .isEqualTo(Skopeo.inspect(registry.host() + "/base/distroless:12", "{{.Digest}}"));
  }

  @Test
  void severalPlatformsAreAManifestList() {
    assertThat(Skopeo.rawManifest(registry.host() + "/edge/agent:2.1"))
        .contains("application/vnd.docker.distribution.manifest.list.v2+json")
        .contains("\"amd64\"")
        .contains("\"arm64\"");
  }

  @Test
  void alpineHasBusyboxWithAppletLinks(@TempDir Path directory) throws IOException {
    String listing = listing("base/alpine:3.20", directory);
    assertThat(listing)
        .containsPattern("-rwxr-xr-x 0/0 +808712 .* bin/busybox\n")
        .contains("usr/bin/wget -> /bin/busybox")
        .contains("bin/sh -> /bin/busybox")
        .contains("lib/apk/db/installed");
  }

  @Test
  void stubsAreElfPrograms(@TempDir Path directory) throws IOException {
    listing("base/debian:12", directory);
    Path layer = directory.resolve("layer");
    Programs.run("tar", "-C", directory.toString(), "-xzf", layer.toString(), "usr/bin/bash");
    Path bash = directory.resolve("usr/bin/bash");
    assertThat(Files.readAllBytes(bash)).startsWith(0x7f, 'E', 'L', 'F');
    Programs.run(bash.toString()); // Exits with 0, or this fails.
  }

  @Test
  void dpkgReadsTheDatabase(@TempDir Path directory) throws IOException {
    listing("base/debian:12", directory);
    Programs.run(
        "tar",
        "-C",
        directory.toString(),
        "-xzf",
        directory.resolve("layer").toString(),
        "var/lib/dpkg");
    String names =
        Programs.run(
            "dpkg-query",
            "--admindir=" + directory.resolve("var/lib/dpkg"),
            "-W",
            "-f",
            "${Package} ${db:Status-Abbrev}\n");
    assertThat(names.lines().map(String::strip))
        .containsExactly(
            "apt ii",
            "base-files ii",
            "bash ii",
            "coreutils ii",
            "dpkg ii",
            "libc6 ii",
            "zlib1g ii");
  }

  @Test
  void layersDeleteWithWhiteouts(@TempDir Path directory) throws IOException {
    Programs.run(
        "skopeo",
        "copy",
        "-q",
        "--src-tls-verify=false",
        "docker://" + registry.host() + "/team/batch:7",
        "dir:" + directory);
    String whiteouts =
        layers("team/batch:7").stream()
            .map(digest -> Programs.run("tar", "-tzf", directory.resolve(hex(digest)).toString()))
            .collect(Collectors.joining());
    assertThat(whiteouts).contains("build/.wh.sources.tar\n").contains("usr/bin/.wh.gcc\n");
  }

  @Test
  void brokenImageHasAManifestButNoLayer(@TempDir Path directory) {
    assertThat(Skopeo.rawManifest(registry.host() + "/team/broken:1")).contains("\"layers\"");
    assertThatThrownBy(() ->
            Programs.run(
                "skopeo",
                "copy",
                "-q",
                "--src-tls-verify=false",
                "docker://" + registry.host() + "/team/broken:1",
                "dir:" + directory))
        .hasMessageContaining("blob");
  }

  private static List<String> layers(String image) {
    return Stream.of(
            Skopeo.inspect(registry.host() + "/" + image, "{{range .Layers}}{{.}} {{end}}")
                .split(" "))
        .toList();
  }

  private static JsonNode config(String image) {
    return JsonMapper.builder()
        .build()
        .readTree(
            Programs.run(
                "skopeo",
                "inspect",
                "--config",
                "--raw",
                "--tls-verify=false",
                "docker://" + registry.host() + "/" + image));
  }

  /** What tar says of the only layer, which is left as {@code layer} in the directory. */
  private static String listing(String image, Path directory) throws IOException {
    Programs.run(
        "skopeo",
        "copy",
        "-q",
        "--src-tls-verify=false",
        "docker://" + registry.host() + "/" + image,
        "dir:" + directory);
    Path layer = directory.resolve(hex(layers(image).getFirst()));
    Files.copy(layer, directory.resolve("layer"));
    return Programs.run("tar", "-tvzf", layer.toString());
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }

  @Test
  void portThatIsTakenIsReplacedByAFreeOne() throws Exception {
    int port;
    try (LoopbackRegistry first = LoopbackRegistry.inMemory()) {
      port = Integer.parseInt(first.host().substring("localhost:".length()));
      try (LoopbackRegistry second = LoopbackRegistry.inMemoryAt(port)) {
        assertThat(second.host()).startsWith("localhost:").isNotEqualTo(first.host());
      }
    }
    try (LoopbackRegistry third = LoopbackRegistry.inMemoryAt(port)) {
      assertThat(third.host()).isEqualTo("localhost:" + port);
    }
  }
}
