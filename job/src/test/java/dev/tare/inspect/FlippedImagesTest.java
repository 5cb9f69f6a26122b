package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tare.error.TareException;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Real images with one flipped bit at each of 200 seeded places, from bytes to facts in this
 * process; {@code DamagedImagesIT} takes fewer of them through the whole of a scan.
 *
 * <p>Layers of more than 200 kB get fewer flips, so that all takes seconds; the proof gives them as
 * many, which takes minutes.
 */
@Timeout(600)
class FlippedImagesTest {
  private static final int FLIPS = 200;
  private static final int FLIPS_OF_LARGE = 12;
  private static final int LARGE_BYTES = 200 << 10;

  private static final LayerScanner SCANNER =
      new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS);

  @TempDir Path scratch;

  /** A layer, and what a scan of it as it is finds. */
  private record Layer(byte[] blob, LayerFacts facts) {
    static Layer of(byte[] blob) {
      return new Layer(blob, scan(blob, descriptor(blob)));
    }
  }

  /** An image's documents as its archive or layout has them; no manifest in an archive. */
  private record Image(byte @Nullable [] manifest, byte[] config, List<Layer> layers) {}

  private static List<String> images() {
    return List.of(
        "bad/busybox-corrupted",
        "bad/busybox-opq-size-mismatch",
        "docker-save/alpine-3.10-4gzlayers-whiteout.tar",
        "docker-save/alpine-3.15.0.tar.gz",
        "docker-save/busybox-cargo-lock.tar.gz",
        "docker-save/busybox-whiteout.tar",
        "docker-save/dive-busybox-14layers.tar",
        "docker-save/hello-world-docker25.tar",
        "docker-save/java-uberjar.tar",
        "docker-save/nginx-debian10-pkgdb-only.tar",
        "docker-save/pause-2.0.tar",
        "docker-save/two-images.tar.xz",
        "docker-save/windows-mini.tar.gz",
        "oci/busybox-1.37-musl-amd64",
        "oci/dive-estargz.tar",
        "oci/dive-gzip.tar",
        "oci/dive-uncompressed.tar",
        "oci/dive-zstd.tar",
        "oci/hard-link-delete-1",
        "oci/hello-world-9arch",
        "oci/npm-lock-alpine3.19.tar",
        "oci/oras-images",
        "oci/whiteout-explicit-file",
        "oci/whiteout-opaque");
  }

  @ParameterizedTest
  @MethodSource("images")
  void flippedBitIsAReasonOrChangesNoFactSilently(String name) throws IOException {
    flip(name, FLIPS_OF_LARGE);
  }

  @Tag("proof")
  @ParameterizedTest
  @MethodSource("images")
  void flippedBitAnywhereInALargeLayerIsAReasonOrChangesNoFactSilently(String name)
      throws IOException {
    flip(name, FLIPS);
  }

  private void flip(String name, int flipsOfLarge) throws IOException {
    Image image = image(TestImages.path(name));
    Random random = new Random(20_261_121);
    int large = 0;
    for (int flip = 0; flip < FLIPS; flip++) {
      byte[] manifest = image.manifest();
      if (flip % 8 == 0) {
        byte[] flipped = flipped(image.config(), random);
        requireVerdict(() -> describe(ImageConfig.parse(flipped), image.layers(), -1, null));
      } else if (flip % 8 == 1 && manifest != null) {
        byte[] flipped = flipped(manifest, random);
        requireVerdict(() -> Manifest.parse(flipped, MediaTypes.OCI_MANIFEST).types());
      } else {
        int index = random.nextInt(image.layers().size());
        Layer layer = image.layers().get(index);
        if (layer.blob().length < LARGE_BYTES || large++ < flipsOfLarge) {
          flipLayer(image, index, flip % 2 == 0, random);
        }
      }
    }
  }

  private static void flipLayer(Image image, int index, boolean inside, Random random)
      throws IOException {
    Layer layer = image.layers().get(index);
    byte[] flipped = flipped(inside ? inflated(layer.blob()) : layer.blob(), random);
    if (!inside) {
      // Under the digest it had: always seen.
      Throwable seen = catchThrowable(() -> scan(flipped, descriptor(layer.blob())));
      assertThat(seen).isInstanceOf(TareException.class);
    }
    // Under a digest that fits: refused, or the content is what it was, or the diff ID tells.
    requireVerdict(() -> {
      LayerFacts facts = scan(flipped, descriptor(flipped));
      JsonNode described = describe(null, image.layers(), index, facts);
      if (facts.diffId() != null && facts.diffId().equals(layer.facts().diffId())) {
        assertThat(content(described))
            .isEqualTo(content(describe(null, image.layers(), index, layer.facts())));
      } else {
        assertThat(facts.diffId()).isNotEqualTo(layer.facts().diffId());
      }
    });
  }

  private static void requireVerdict(Runnable reading) {
    try {
      reading.run();
    } catch (TareException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotEndWith("null");
    }
  }

  private static JsonNode describe(
      @Nullable ImageConfig config, List<Layer> layers, int replaced, @Nullable LayerFacts by) {
    List<LayerFacts> facts = new ArrayList<>();
    List<Descriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerFacts one = i == replaced && by != null ? by : layers.get(i).facts();
      facts.add(one);
      descriptors.add(
          new Descriptor(MediaTypes.OCI_LAYER_TAR, one.digest(), one.compressedBytes()));
    }
    ImageConfig used =
        config == null ? RealImages.config(List.of("PATH=/bin"), List.of(), null) : config;
    return FactsJson.tree(RealImages.inspect(used, descriptors, facts, RealImages.NO_LINEAGE));
  }

  private static JsonNode content(JsonNode facts) {
    ObjectNode copy = (ObjectNode) facts.deepCopy();
    ((ObjectNode) copy.path("size")).remove(List.of("compressed", "exclusive"));
    copy.remove(List.of("gaps"));
    for (JsonNode layer : copy.path("layers")) {
      ((ObjectNode) layer).remove(List.of("digest", "compressed"));
    }
    return copy;
  }

  private static LayerFacts scan(byte[] blob, Descriptor descriptor) {
    return SCANNER.scan(new ByteArrayInputStream(blob), descriptor);
  }

  private static Descriptor descriptor(byte[] blob) {
    return new Descriptor("", Digest.sha256(blob), blob.length);
  }

  private static byte[] flipped(byte[] content, Random random) {
    byte[] flipped = content.clone();
    int bit = random.nextInt(8 * flipped.length);
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static byte[] inflated(byte[] layer) throws IOException {
    try (InputStream in =
        layer[0] == 0x1f
            ? new GZIPInputStream(new ByteArrayInputStream(layer))
            : layer[0] == 0x28
                ? new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(layer))
                : new ByteArrayInputStream(layer)) {
      return in.readAllBytes();
    }
  }

  /** The first image of it. */
  private Image image(Path place) throws IOException {
    Path directory = place;
    if (Files.isRegularFile(place)) {
      directory = scratch;
      Programs.run("tar", "-xf", place.toString(), "-C", scratch.toString());
    }
    if (Files.exists(directory.resolve("manifest.json"))) {
      JsonNode saved = json(directory.resolve("manifest.json")).path(0);
      List<Layer> layers = new ArrayList<>();
      for (JsonNode layer : saved.path("Layers")) {
        layers.add(Layer.of(Files.readAllBytes(directory.resolve(layer.stringValue()))));
      }
      Path config = directory.resolve(saved.path("Config").stringValue());
      return new Image(null, Files.readAllBytes(config), layers);
    }
    JsonNode entry = json(directory.resolve("index.json")).path("manifests").path(0);
    while (json(TestImages.blob(directory, entry)).has("manifests")) {
      entry = json(TestImages.blob(directory, entry)).path("manifests").path(0);
    }
    byte[] manifest = Files.readAllBytes(TestImages.blob(directory, entry));
    JsonNode document = JsonMapper.shared().readTree(manifest);
    List<Layer> layers = new ArrayList<>();
    for (JsonNode layer : document.path("layers")) {
      layers.add(Layer.of(Files.readAllBytes(TestImages.blob(directory, layer))));
    }
    byte[] config = Files.readAllBytes(TestImages.blob(directory, document.path("config")));
    return new Image(manifest, config, layers);
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(file));
  }
}
