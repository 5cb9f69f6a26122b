package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.ImageLayout;
import dev.tare.testing.LayerTar;
import dev.tare.testing.RealLayout;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Real images whose bytes were changed by somebody or something, through the whole of a scan: each
 * is either described as the whole one is, or listed with a reason, and never anything else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class DamagedImagesIT {
  private static final List<String> IMAGES =
      List.of(
          "oci-archive:oci/dive-gzip.tar",
          "oci-archive:oci/dive-zstd.tar",
          "oci-archive:oci/dive-estargz.tar",
          "oci-archive:oci/dive-uncompressed.tar",
          "oci:oci/hello-world-9arch",
          "oci:oci/whiteout-opaque",
          "oci:oci/hard-link-delete-1",
          "rootfs:rootfs/distroless-static-layer-3ddae621.tar.gz",
          "rootfs:oci/busybox-1.37-musl-amd64/rootfs.tar.gz",
          "docker-archive:docker-save/java-uberjar.tar",
          "docker-archive:docker-save/alpine-3.10-4gzlayers-whiteout.tar");

  private static final int INCOMPLETE = 3;

  /** Of each image; {@code FlippedImagesTest} makes 200, without the rest of a scan. */
  private static final int FLIPS = 8;

  private final List<RealLayout> originals = new ArrayList<>();
  private final Set<String> rotten = new TreeSet<>();
  private final Map<String, Integer> flippedLayers = new TreeMap<>();
  private final Set<String> flippedDocuments = new TreeSet<>();
  private final Set<String> cutParts = new TreeSet<>();
  private final Set<String> inside = new TreeSet<>();
  private Outcome outcome = new Outcome(Map.of(), Map.of(), 0);

  /** One scan of all: most of its time is the same for one image and for a thousand. */
  @BeforeAll
  void scan(@TempDir Path directory) {
    for (String image : IMAGES) {
      int colon = image.indexOf(':') + 1;
      Path file = TestImages.path(image.substring(colon));
      Path copy = directory.resolve("original" + originals.size());
      originals.add(
          image.startsWith("rootfs:")
              ? RealLayout.made(LayerTar.ofGzip(read(file)), copy)
              : RealLayout.copied(image.substring(0, colon) + file, copy));
    }
    List<String> targets = new ArrayList<>();
    targets.add("oci:" + whole(ImageLayout.in(directory.resolve("whole"))));
    targets.add("oci:" + rotten(ImageLayout.in(directory.resolve("rotten"))));
    targets.add("oci:" + flipped(ImageLayout.in(directory.resolve("flipped"))));
    targets.add("oci:" + cut(ImageLayout.in(directory.resolve("cut"))));
    targets.add("oci:" + inside(ImageLayout.in(directory.resolve("inside"))));
    outcome = Outcome.ofScan(directory, targets);
  }

  private Path whole(ImageLayout layout) {
    for (int image = 0; image < originals.size(); image++) {
      Parts.of(originals.get(image)).write(layout, tag(image, "whole"));
    }
    return layout.write();
  }

  private Path rotten(ImageLayout layout) {
    Random random = new Random(20_261_121);
    for (int image = 0; image < originals.size(); image++) {
      for (int flip = 0; flip < FLIPS; flip++) {
        String tag = tag(image, "f" + flip);
        List<Descriptor> written =
            Parts.of(originals.get(image)).unlikeAnyOther(flip).write(layout, tag);
        Descriptor part = written.get(flip % written.size());
        layout.overwrite(part.digest(), flipped(read(layout.file(part.digest())), random));
        rotten.add("rotten:" + tag);
      }
    }
    return layout.write();
  }

  private Path flipped(ImageLayout layout) {
    Random random = new Random(4_711);
    for (int image = 0; image < originals.size(); image++) {
      RealLayout original = originals.get(image);
      for (int flip = 0; flip < FLIPS; flip++) {
        String tag = tag(image, "f" + flip);
        Parts parts = Parts.of(original);
        if (flip % 4 == 0) {
          parts.config = flipped(parts.config, random);
          flippedDocuments.add("flipped:" + tag);
        } else if (flip % 4 == 1) {
          parts.manifest = flipped(original.manifest(), random);
          flippedDocuments.add("flipped:" + tag);
        } else {
          int layer = random.nextInt(parts.layers.size());
          parts.layers.set(layer, flipped(parts.layers.get(layer), random));
          flippedLayers.put("flipped:" + tag, image);
        }
        parts.write(layout, tag);
      }
    }
    return layout.write();
  }

  private Path cut(ImageLayout layout) {
    for (int image = 0; image < originals.size(); image++) {
      RealLayout original = originals.get(image);
      for (int tenth = 0; tenth < 10; tenth++) {
        for (int part = 0; part < 2 + original.layers().size(); part++) {
          String tag = tag(image, "p" + part + "-t" + tenth);
          Parts parts = Parts.of(original);
          if (part == 0) {
            parts.config = cut(parts.config, tenth);
          } else if (part == 1) {
            parts.manifest = cut(original.manifest(), tenth);
          } else {
            parts.layers.set(part - 2, cut(parts.layers.get(part - 2), tenth));
          }
          parts.write(layout, tag);
          cutParts.add("cut:" + tag);
        }
      }
    }
    return layout.write();
  }

  private Path inside(ImageLayout layout) {
    Random random = new Random(815);
    for (int image = 0; image < originals.size(); image++) {
      for (int flip = 0; flip < FLIPS; flip++) {
        Parts parts = Parts.of(originals.get(image));
        parts.flipTar(random);
        parts.write(layout, tag(image, "f" + flip));
        inside.add("inside:" + tag(image, "f" + flip));
      }
    }
    return layout.write();
  }

  private static String tag(int image, String damage) {
    return "i" + image + "-" + damage;
  }

  @Test
  void bitsThatFlipUnderTheirDigestAreAlwaysSeen() {
    assertThat(outcome.reasons().keySet()).containsAll(rotten);
    assertThat(outcome.inspected().keySet()).doesNotContainAnyElementsOf(rotten);
    assertThat(rotten)
        .allSatisfy(name -> assertThat(outcome.reasons().get(name)).as(name).contains("digest"));
  }

  @Test
  void bitsThatFlipBeforeTheDigestIsMadeChangeNoFactSilently() {
    outcome.requireAll(flippedLayers.keySet());
    flippedLayers.forEach((name, image) -> {
      JsonNode facts = outcome.inspected().get(name);
      if (facts != null) {
        assertThat(content(facts))
            .as(name)
            .isEqualTo(content(outcome.facts("whole:" + tag(image, "whole"))));
      }
    });
  }

  @Test
  void documentsWithFlippedBitsAreDescribedOrListed() {
    outcome.requireAll(flippedDocuments);
    assertThat(outcome.attached()).as("counted as no image").isZero();
  }

  @Test
  void partsThatAreCutAtEachTenthAreListedWithAReason() {
    assertThat(outcome.reasons().keySet()).containsAll(cutParts);
    assertThat(outcome.inspected().keySet()).doesNotContainAnyElementsOf(cutParts);
  }

  @Test
  void contentThatFlipsInsideALayerEndsInFactsOrAReason() {
    outcome.requireAll(inside);
  }

  /** What the layers say; without digests and without what images around it say about it. */
  private static JsonNode content(JsonNode facts) {
    ObjectNode copy = (ObjectNode) facts.deepCopy();
    copy.remove(List.of("evaluatedAt", "image", "base", "size", "gaps"));
    copy.set("class", facts.path("base").path("class"));
    copy.set("os", facts.path("base").path("os"));
    copy.set("files", facts.path("size").path("files"));
    copy.set("wasted", facts.path("size").path("wasted"));
    copy.set("efficiency", facts.path("size").path("efficiency"));
    for (JsonNode layer : copy.path("layers")) {
      ((ObjectNode) layer).remove(List.of("digest", "compressed", "inBase"));
    }
    return copy;
  }

  /** What the scan made of its images, by {@code repository:tag}. */
  private record Outcome(
      Map<String, JsonNode> inspected, Map<String, String> reasons, int attached) {
    static Outcome ofScan(Path directory, List<String> targets) {
      Path output = directory.resolve("out");
      List<String> arguments = new ArrayList<>(List.of("scan"));
      arguments.addAll(targets);
      arguments.addAll(
          List.of("--state", directory.resolve("state").toString(), "-o", output.toString()));
      arguments.addAll(List.of("--format", "json", "--fail-on", "never", "--no-progress"));
      CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
      assertThat(run.status()).as(run.err()).isEqualTo(INCOMPLETE);
      assertThat(run.err()).doesNotContain("\tat ");
      WrittenReport report = WrittenReport.in(output);
      Map<String, JsonNode> inspected = new TreeMap<>();
      for (JsonNode image : report.images()) {
        String repository = image.path("repository").stringValue();
        for (JsonNode tag : image.path("tags")) {
          inspected.put(repository + ":" + tag.stringValue(), image.path("facts"));
        }
      }
      Map<String, String> reasons = new TreeMap<>();
      for (JsonNode image : report.notInspected()) {
        String reference = image.path("reference").stringValue();
        String reason = image.path("reason").stringValue();
        assertThat(reason)
            .as(reference)
            .isNotBlank()
            .doesNotContain("defect in Tare")
            .doesNotEndWith("null");
        reasons.put(reference.substring(reference.lastIndexOf('/') + 1), reason);
      }
      return new Outcome(inspected, reasons, report.summary().path("attached").intValue());
    }

    JsonNode facts(String name) {
      return Objects.requireNonNull(inspected.get(name), () -> name + " has no facts");
    }

    void requireAll(Set<String> expected) {
      Set<String> missing = new TreeSet<>(expected);
      missing.removeAll(inspected.keySet());
      missing.removeAll(reasons.keySet());
      assertThat(missing).as("neither described nor listed with a reason").isEmpty();
    }
  }

  private static byte[] cut(byte[] content, int tenths) {
    return Arrays.copyOf(content, (int) ((long) content.length * tenths / 10));
  }

  private static byte[] flipped(byte[] content, Random random) {
    byte[] flipped = content.clone();
    int bit = random.nextInt(8 * flipped.length);
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static byte[] inflated(byte[] layer) {
    try (InputStream in =
        layer[0] == 0x1f
            ? new GZIPInputStream(new ByteArrayInputStream(layer))
            : layer[0] == 0x28
                ? new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(layer))
                : new ByteArrayInputStream(layer)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What an image is made of, before it is written. */
  private static final class Parts {
    private byte[] config;
    private byte @Nullable [] manifest;
    private final List<byte[]> layers = new ArrayList<>();
    private final List<String> layerTypes = new ArrayList<>();

    private Parts(byte[] config) {
      this.config = config;
    }

    static Parts of(RealLayout original) {
      Parts parts = new Parts(original.config());
      original
          .layers()
          .forEach(layer -> {
            parts.layers.add(layer.bytes());
            parts.layerTypes.add(layer.descriptor().mediaType());
          });
      return parts;
    }

    /** The same content in other bytes, so that no other image shares a blob with it. */
    Parts unlikeAnyOther(int number) {
      byte[] mark = ByteBuffer.allocate(4).putInt(number + 1).array();
      String text = new String(config, StandardCharsets.UTF_8).strip();
      for (int i = 0; i < layers.size(); i++) {
        byte[] layer = layers.get(i);
        if (layer[0] == 0x1f) {
          // The time in the header of gzip.
          byte[] stamped = layer.clone();
          System.arraycopy(mark, 0, stamped, 4, 4);
          layers.set(i, stamped);
        } else if (layer[0] == 0x28) {
          // A frame that zstd skips.
          byte[] longer = Arrays.copyOf(layer, layer.length + 12);
          ByteBuffer.wrap(longer, layer.length, 12)
              .put(new byte[] {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0})
              .put(mark);
          layers.set(i, longer);
        } else {
          // More zeros behind the end of the tar.
          byte[] longer = Arrays.copyOf(layer, layer.length + 512 * (number + 1));
          text = text.replace(Digest.sha256(layer).toString(), Digest.sha256(longer).toString());
          layers.set(i, longer);
        }
      }
      config =
          (text.substring(0, text.length() - 1) + ",\"number\":" + number + "}")
              .getBytes(StandardCharsets.UTF_8);
      return this;
    }

    /** Flips a bit of a layer's tar and makes everything around it fit. */
    void flipTar(Random random) {
      int layer = random.nextInt(layers.size());
      byte[] tar = inflated(layers.get(layer));
      byte[] flipped = flipped(tar, random);
      config =
          new String(config, StandardCharsets.UTF_8)
              .replace(Digest.sha256(tar).toString(), Digest.sha256(flipped).toString())
              .getBytes(StandardCharsets.UTF_8);
      layers.set(layer, flipped);
      layerTypes.set(layer, MediaTypes.OCI_LAYER_TAR);
    }

    /** Writes all parts; gives the descriptors of layers, config and manifest. */
    List<Descriptor> write(ImageLayout layout, String tag) {
      List<Descriptor> written = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        written.add(layout.blob(layerTypes.get(i), layers.get(i)));
      }
      List<Descriptor> described = List.copyOf(written);
      Descriptor configured = layout.blob(MediaTypes.OCI_CONFIG, config);
      written.add(configured);
      Descriptor whole =
          manifest == null
              ? layout.manifest(configured, described)
              : layout.blob(MediaTypes.OCI_MANIFEST, manifest);
      written.add(layout.tag(tag, whole));
      return written;
    }
  }
}
