package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.demo.LoopbackRegistry;
import dev.tare.oci.Digest;
import dev.tare.testing.Programs;
import dev.tare.testing.Skopeo;
import dev.tare.testing.TestImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same real images as files and in a registry: skopeo reads the files that Tare reads, and
 * pushes what it read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalTargetsIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How skopeo reads it, and how Tare does; saved archives of all kinds, layouts. */
  private static final Map<String, String> TARGETS =
      new TreeMap<>(
          Map.of(
              "docker-archive:docker-save/alpine-3.10-4gzlayers-whiteout.tar", "docker-archive",
              "docker-archive:docker-save/dive-busybox-14layers.tar", "docker-archive",
              "docker-archive:docker-save/busybox-cargo-lock.tar.gz", "docker-archive",
              "docker-archive:docker-save/hello-world-docker25.tar", "docker-archive",
              "oci-archive:oci/npm-lock-alpine3.19.tar", "docker-archive",
              "oci:oci/hello-world-9arch", "oci"));

  private @Nullable LoopbackRegistry registry;
  private final Map<String, JsonNode> local = new TreeMap<>();
  private final Map<String, JsonNode> pushed = new TreeMap<>();

  @BeforeAll
  void scanBoth(@TempDir Path directory) throws Exception {
    Programs.assumeInstalled("skopeo");
    LoopbackRegistry started = LoopbackRegistry.inMemory();
    registry = started;
    List<String> targets = new ArrayList<>();
    for (Map.Entry<String, String> target : TARGETS.entrySet()) {
      String source = target.getKey();
      int colon = source.indexOf(':') + 1;
      Path file = TestImages.path(source.substring(colon));
      Skopeo.push(source.substring(0, colon) + file, started.host() + "/real:n" + targets.size());
      targets.add(target.getValue() + ":" + file);
    }
    scan(directory.resolve("files"), targets)
        .forEach(image -> local.put(key(image), image.path("facts")));
    scan(directory.resolve("registry"), List.of(started.host()))
        .forEach(image -> pushed.put(key(image), image.path("facts")));
  }

  @AfterAll
  void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  /** An image is what its layers' content is; how they are compressed may change on the way. */
  private static String key(JsonNode image) {
    StringBuilder key = new StringBuilder(image.path("platform").stringValue());
    image
        .path("facts")
        .path("layers")
        .forEach(layer -> key.append(' ').append(layer.path("diffId").stringValue()));
    return key.toString();
  }

  private static JsonNode scan(Path directory, List<String> targets) {
    List<String> arguments = new ArrayList<>(List.of("scan"));
    arguments.addAll(targets);
    arguments.addAll(List.of("--state", directory.resolve("state").toString()));
    arguments.addAll(List.of("-o", directory.resolve("out").toString(), "--format", "json"));
    arguments.addAll(List.of("--fail-on", "never", "--no-progress"));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return WrittenReport.in(directory.resolve("out")).images();
  }

  @Test
  void sameImagesAreFoundInFilesAndInTheRegistry() {
    assertThat(local.keySet()).isEqualTo(pushed.keySet()).hasSizeGreaterThanOrEqualTo(14);
  }

  @Test
  void factsOfFilesAreThoseOfTheRegistry() {
    pushed.forEach((key, facts) ->
        assertThat(content(Objects.requireNonNull(local.get(key), key)))
            .as(key)
            .isEqualTo(content(facts)));
  }

  @Test
  void indexInsideAnIndexIsOpened(@TempDir Path directory) throws Exception {
    Path layout = directory.resolve("layout");
    Path original = TestImages.path("oci/hello-world-9arch");
    Programs.run("cp", "-rL", original.toString(), layout.toString());
    Programs.run("chmod", "-R", "u+w", layout.toString());
    String inner = Files.readString(layout.resolve("index.json"));
    Digest digest = Digest.sha256(inner.getBytes(StandardCharsets.UTF_8));
    Files.writeString(layout.resolve("blobs/sha256").resolve(digest.hex()), inner);
    Files.writeString(
        layout.resolve("index.json"),
        """
        {"schemaVersion":2,"manifests":[
          {"mediaType":"application/vnd.oci.image.index.v1+json","digest":"%s","size":%d}]}
        """
            .formatted(digest, inner.length()));
    List<String> expected =
        JSON.readTree(Programs.run("skopeo", "inspect", "--raw", "oci:" + original))
            .path("manifests")
            .valueStream()
            .map(entry -> entry.path("digest").stringValue())
            .sorted()
            .toList();
    assertThat(
            scan(directory, List.of("oci:" + layout))
                .valueStream()
                .map(image -> image.path("digest").stringValue())
                .sorted()
                .toList())
        .isEqualTo(expected)
        .hasSize(9);
  }

  /** As Docker before 25 saved an image that has a layer twice, and as skopeo saves all of them. */
  @Test
  void layersThatAreLinksAreTheFilesTheyLeadTo(@TempDir Path directory) {
    Path original = TestImages.path("docker-save/dive-busybox-14layers.tar");
    Path unpacked = directory.resolve("unpacked");
    Path linked = directory.resolve("linked.tar");
    Programs.run(
        "sh",
        "-c",
        "mkdir '%1$s' && tar -C '%1$s' -xf '%2$s' && cd '%1$s' && mkdir real && for l in */layer.tar; do d=${l%%/*};"
                .formatted(unpacked, original)
            + " mv $l real/$d.tar && ln -s ../real/$d.tar $l; done && tar -cf '%s' *"
                .formatted(linked));
    JsonNode links = scan(directory, List.of("docker-archive:" + linked)).get(0);
    assertThat(content(links.path("facts")))
        .isEqualTo(content(Objects.requireNonNull(local.get(key(links)))));
    JsonNode tar =
        scan(directory, List.of("oci-archive:" + TestImages.path("oci/dive-gzip.tar"))).get(0);
    assertThat(tar.path("reference").stringValue()).startsWith("oci:/");
  }

  /** Without the place where it was found, and without what skopeo may change by compressing. */
  private static JsonNode content(JsonNode facts) {
    ObjectNode copy = (ObjectNode) facts.deepCopy();
    copy.remove(List.of("evaluatedAt", "gaps"));
    ((ObjectNode) copy.path("image"))
        .remove(
            List.of(
                "registry",
                "repository",
                "tags",
                "digest",
                "indexDigest",
                "mediaType",
                "annotations",
                "ageDays"));
    ((ObjectNode) copy.path("size")).remove(List.of("compressed", "exclusive"));
    for (JsonNode layer : copy.path("layers")) {
      ((ObjectNode) layer).remove(List.of("digest", "compressed", "mediaType"));
    }
    return copy;
  }
}
