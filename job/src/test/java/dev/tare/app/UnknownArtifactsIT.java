package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.Descriptor;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import dev.tare.testing.TestImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Manifests and indexes that are no images, or images that no runtime starts: what they are is
 * known and they are counted, or they are named with what they hold. None is dropped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnknownArtifactsIT {
  private static final int INCOMPLETE = 3;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HELM = "application/vnd.cncf.helm.config.v1+json";
  private static final String COSIGN = "application/vnd.dev.cosign.simplesigning.v1+json";

  private final Map<String, JsonNode> facts = new TreeMap<>();
  private final Map<String, String> reasons = new TreeMap<>();
  private int attached;

  @BeforeAll
  void scan(@TempDir Path directory) {
    ImageLayout layout = ImageLayout.in(directory.resolve("layout"));
    Blob layer = LayerTar.of().file("a", "a").gzip();
    Descriptor honest = layout.image("honest", layer);
    layout.image("twice", layer, layer);
    layout.image("no-layers");
    artifact(layout, "chart", HELM, "application/vnd.cncf.helm.chart.content.v1.tar+gzip");
    artifact(layout, "signature", MediaTypes.OCI_CONFIG, COSIGN);
    artifact(layout, "sbom", MediaTypes.OCI_CONFIG, "text/spdx+json");
    artifact(layout, "model", MediaTypes.DOCKER_CONFIG, "application/vnd.ollama.image.model");
    artifact(layout, "odd", "application/x.odd+json", MediaTypes.OCI_LAYER_TAR, "text/x-odd");
    index(layout, "empty-index");
    index(layout, "sha256-" + "0".repeat(64));
    Descriptor inner = index(layout, "index", honest);
    Descriptor nested = index(layout, "nested", inner);
    Descriptor deep = index(layout, "three-deep", nested);
    index(layout, "four-deep", deep);
    Descriptor[] same = new Descriptor[1_000];
    Arrays.fill(
        same, index(layout, "wide", Collections.nCopies(1_000, inner).toArray(Descriptor[]::new)));
    index(layout, "wider", same);
    index(layout, "dangling", new Descriptor(MediaTypes.OCI_MANIFEST, layer.diffId(), 7));
    Descriptor[] many = new Descriptor[1_001];
    Arrays.fill(many, honest);
    index(layout, "many", many);
    Descriptor content = layout.blob(MediaTypes.OCI_LAYER_GZIP, layer.bytes());
    Descriptor small = layout.blob(MediaTypes.OCI_CONFIG, utf8("{\"os\":\"linux\"}"));
    layout.tag("many-layers", layout.manifest(small, Collections.nCopies(2_001, content)));
    layout.tag("fewer-diff-ids", layout.manifest(small, List.of(content)));
    layout.image(
        "other-diff-id", LayerTar.blob(layer.bytes(), MediaTypes.OCI_LAYER_GZIP, utf8("x")));
    layout.tag("type", new Descriptor("text/x-thing", honest.digest(), honest.sizeBytes()));
    Descriptor config = layout.blob(MediaTypes.OCI_CONFIG, utf8("{\"author\":\"x\"}"));
    Descriptor sized = layout.manifest(config, List.of());
    layout.tag("wrong-size", new Descriptor(MediaTypes.OCI_MANIFEST, sized.digest(), 3));

    List<String> arguments = new ArrayList<>(List.of("scan", "oci:" + layout.write()));
    if (TestImages.areThere()) {
      arguments.add("oci:" + TestImages.path("oci/oras-images"));
    }
    Path output = directory.resolve("out");
    arguments.addAll(List.of("--state", directory.resolve("state").toString()));
    arguments.addAll(List.of("-o", output.toString(), "--format", "json"));
    arguments.addAll(List.of("--fail-on", "never", "--no-progress"));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
    WrittenReport report = WrittenReport.in(output);
    for (JsonNode image : report.images()) {
      image.path("tags").forEach(tag -> facts.put(tag.stringValue(), image.path("facts")));
    }
    for (JsonNode image : report.notInspected()) {
      String reference = image.path("reference").stringValue();
      reasons.put(
          reference.substring(reference.lastIndexOf(':') + 1), image.path("reason").stringValue());
    }
    attached = report.summary().path("attached").intValue();
  }

  @Test
  void artifactsOfKnownTypesAreCounted() {
    assertThat(attached).isEqualTo(3);
    assertThat(facts.keySet()).doesNotContain("chart", "signature", "sbom");
    assertThat(reasons.keySet()).doesNotContain("chart", "signature", "sbom");
  }

  @Test
  void manifestsOfUnknownTypesAreNamedWithTheirTypes() {
    assertThat(reasons.get("model"))
        .contains(
            MediaTypes.DOCKER_CONFIG, "layers of type \"application/vnd.ollama.image.model\"");
    assertThat(reasons.get("odd"))
        .contains(
            "config of type \"application/x.odd+json\"",
            "layers of type \"" + MediaTypes.OCI_LAYER_TAR + "\", \"text/x-odd\"");
  }

  @Test
  void indexesThatLeadNowhereHaveAReason() {
    assertThat(reasons.get("empty-index")).contains("an index that names nothing");
    assertThat(reasons.get("four-deep")).contains("nested deeper than 3 levels");
    assertThat(reasons.get("dangling")).contains("there is no file");
    assertThat(reasons.get("many")).contains("1001 entries, limit 1000");
    assertThat(reasons.keySet()).doesNotContain("sha256-" + "0".repeat(64));
  }

  @Test
  void layersThatAreNotThoseOfTheConfigHaveAReason() {
    assertThat(reasons.get("many-layers")).contains("layers: 2001 entries, limit 2000");
    assertThat(reasons.get("fewer-diff-ids")).contains("states 0 diff IDs");
    assertThat(reasons.get("other-diff-id")).contains("its content has diff ID sha256:");
  }

  @Test
  void entriesOfALayoutAreWhatTheySayOrHaveAReason() {
    assertThat(reasons.get("wrong-size")).contains("its descriptor says 3");
    assertThat(facts).containsKeys("honest", "index", "nested", "three-deep", "wider", "type");
  }

  @Test
  void imagesWithoutLayersAndWithTheSameLayerTwiceAreDescribed() {
    JsonNode empty = facts.getOrDefault("no-layers", JSON.nullNode());
    assertThat(empty.path("size").path("compressed").longValue(-1)).isZero();
    assertThat(empty.path("size").path("efficiency").doubleValue()).isEqualTo(1.0);
    assertThat(empty.path("base").path("class").stringValue()).isEqualTo("scratch");
    JsonNode twice = facts.getOrDefault("twice", JSON.nullNode());
    assertThat(twice.path("layers")).hasSize(2);
    assertThat(twice.path("size").path("files").longValue()).isEqualTo(1);
    assertThat(twice.path("size").path("wasted").longValue()).isEqualTo(1);
  }

  /** umoci says of the same images: mismatched image rootfs and manifest layers. */
  @Test
  void imagesOfOrasStateNoDiffIdsAndItsArtifactsAreUnknown() {
    TestImages.path("oci/oras-images");
    for (String image : List.of("linux-amd64", "linux-arm64", "linux-armv7")) {
      assertThat(reasons.get(image))
          .as(image)
          .contains("states 0 diff IDs, the manifest has 1 layers");
    }
    for (String artifact : List.of("foobar", "nonjson-config")) {
      assertThat(reasons.get(artifact))
          .as(artifact)
          .contains("config of type \"application/vnd.unknown.config.v1+json\"");
    }
    assertThat(reasons.get("empty_index")).contains("an index that names nothing");
  }

  private static void artifact(
      ImageLayout layout, String tag, String config, String... layerTypes) {
    layout.tag(
        tag,
        layout.manifest(
            layout.blob(config, utf8("{}")),
            Arrays.stream(layerTypes).map(type -> layout.blob(type, utf8("{} "))).toList()));
  }

  private static Descriptor index(ImageLayout layout, String tag, Descriptor... entries) {
    ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
    for (Descriptor entry : entries) {
      index
          .withArray("manifests")
          .addObject()
          .put("mediaType", entry.mediaType())
          .put("digest", entry.digest().toString())
          .put("size", entry.sizeBytes());
    }
    return layout.tag(tag, layout.blob(MediaTypes.OCI_INDEX, JSON.writeValueAsBytes(index)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
