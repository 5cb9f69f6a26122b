package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every layer of the real images, against GNU tar, gzip, zstd, sha256sum and the image configs. */
class RealLayersTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rootfs/alpine-3.18.9-x86_64.tar.gz",
        "rootfs/distroless-static-layer-3ddae621.tar.gz",
        "rootfs/almalinux-9.3-micro-arm64.tar.xz",
        "rootfs/almalinux-8.8-micro-s390x.tar.xz",
        "rootfs/debian-bookworm-minbase-amd64.tar.xz"
      })
  void rootFileSystemHasTheEntriesThatTarLists(String name) throws Exception {
    Path file = TestImages.path(name);
    if (name.endsWith(".xz")) {
      Path tar = temporary.resolve("rootfs.tar");
      run(tar, "xz", "-dc", file.toString());
      file = tar;
    }
    compare(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-save/alpine-3.15.0.tar.gz",
        "docker-save/alpine-3.10-4gzlayers-whiteout.tar",
        "docker-save/dive-busybox-14layers.tar",
        "docker-save/busybox-cargo-lock.tar.gz",
        "docker-save/busybox-whiteout.tar",
        "docker-save/pause-2.0.tar",
        "docker-save/nginx-debian10-pkgdb-only.tar",
        "docker-save/java-uberjar.tar",
        "docker-save/two-images.tar.xz",
        "docker-save/hello-world-docker25.tar",
        "docker-save/windows-mini.tar.gz",
        "oci/npm-lock-alpine3.19.tar",
        "oci/busybox-arm64-attestation.tar",
        "oci/busybox-arm64-partial-index.tar"
      })
  void layersOfSavedImageAreWhatTarListsAndTheConfigNames(String name) throws Exception {
    Path directory = unpacked(TestImages.path(name));
    boolean edited = name.contains("nginx-debian10") || name.contains("windows-mini");
    for (JsonNode image : json(directory.resolve("manifest.json"))) {
      List<Digest> diffIds = new ArrayList<>();
      for (JsonNode layer : image.path("Layers")) {
        diffIds.add(compare(directory.resolve(layer.stringValue())).diffId());
      }
      if (!edited) {
        byte[] config = Files.readAllBytes(directory.resolve(image.path("Config").stringValue()));
        assertThat(diffIds).isEqualTo(ImageConfig.parse(config).diffIds());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci/busybox-1.37-musl-amd64",
        "oci/hello-world-9arch",
        "oci/oras-images",
        "oci/whiteout-explicit-file",
        "oci/whiteout-opaque",
        "oci/hard-link-delete-1",
        "bad/busybox-opq-size-mismatch", // The wrong sizes are those of manifest and config.
        "oci/dive-zstd.tar",
        "oci/dive-estargz.tar",
        "oci/dive-uncompressed.tar",
        "oci/dive-gzip.tar"
      })
  void layersOfLayoutAreWhatTarListsAndTheConfigNames(String name) throws Exception {
    Path path = TestImages.path(name);
    Path directory = Files.isDirectory(path) ? path : unpacked(path);
    int layers = 0;
    for (JsonNode manifest : manifests(directory, json(directory.resolve("index.json")))) {
      if (!manifest.path("config").path("mediaType").asString().contains("image")) {
        continue;
      }
      List<Digest> diffIds = new ArrayList<>();
      for (JsonNode layer : manifest.path("layers")) {
        Digest digest = Digest.parse(layer.path("digest").stringValue());
        LayerFacts facts = compare(blob(directory, digest));
        assertThat(facts.digest()).isEqualTo(digest);
        assertThat(facts.compressedBytes()).isEqualTo(layer.path("size").longValue());
        diffIds.add(facts.diffId());
        layers++;
      }
      if (directory.endsWith("oras-images")) {
        continue; // Their configs are empty.
      }
      Digest config = Digest.parse(manifest.path("config").path("digest").stringValue());
      assertThat(diffIds)
          .isEqualTo(ImageConfig.parse(Files.readAllBytes(blob(directory, config))).diffIds());
    }
    assertThat(layers).isPositive();
  }

  @Test
  void layerThatIsNotWhatItsDescriptorSaysIsRejected() throws Exception {
    Path directory = TestImages.path("bad/busybox-corrupted");
    List<FailureKind> failures = new ArrayList<>();
    for (JsonNode manifest : manifests(directory, json(directory.resolve("index.json")))) {
      for (JsonNode layer : manifest.path("layers")) {
        Digest digest = Digest.parse(layer.path("digest").stringValue());
        Descriptor descriptor = new Descriptor("", digest, layer.path("size").longValue());
        try (InputStream in = Files.newInputStream(blob(directory, digest))) {
          new LayerScanner((path, size, mode) -> null, LayerLimits.DEFAULTS).scan(in, descriptor);
        } catch (TareException e) {
          failures.add(e.kind());
        }
      }
    }
    assertThat(failures).isNotEmpty().containsOnly(FailureKind.BAD_CONTENT);
  }

  private static List<JsonNode> manifests(Path directory, JsonNode index) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode entry : index.path("manifests")) {
      Path blob = blob(directory, Digest.parse(entry.path("digest").stringValue()));
      if (Files.exists(blob)) {
        JsonNode content = json(blob);
        if (content.has("manifests")) {
          all.addAll(manifests(directory, content));
        } else {
          all.add(content);
        }
      }
    }
    return all;
  }

  /** The blob, or the file that stands for it: some layouts hold links, which are text here. */
  private static Path blob(Path directory, Digest digest) throws IOException {
    Path blobs = directory.resolve("blobs").resolve(digest.algorithm());
    Path blob = blobs.resolve(digest.hex());
    boolean link =
        Files.exists(blob) && Files.size(blob) < 100 && Files.readString(blob).startsWith("../");
    return link ? blobs.resolve(Files.readString(blob)) : blob;
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
  }

  private Path unpacked(Path archive) throws Exception {
    Path directory = Files.createDirectory(temporary.resolve("unpacked"));
    run(
        temporary.resolve("unpacked.log"),
        "tar",
        "-C",
        directory.toString(),
        "-xf",
        archive.toString());
    return directory;
  }

  /** Scans the blob and compares all that the command line tools can tell about it. */
  private LayerFacts compare(Path blob) throws Exception {
    byte[] head = new byte[4];
    try (InputStream in = Files.newInputStream(blob)) {
      in.readNBytes(head, 0, 4);
    }
    Path tar = temporary.resolve("layer.tar");
    String compression = "none";
    if (head[0] == 0x1f) {
      compression = "gzip";
      run(tar, "gzip", "-dc", blob.toString());
    } else if (head[0] == 0x28) {
      compression = "zstd";
      run(tar, "zstd", "-dc", blob.toString());
    } else {
      tar = blob;
    }
    Descriptor descriptor =
        new Descriptor("", Digest.parse("sha256:" + sha256(blob)), Files.size(blob));
    LayerFacts facts;
    try (InputStream in = Files.newInputStream(blob)) {
      facts =
          new LayerScanner((path, size, mode) -> null, LayerLimits.DEFAULTS).scan(in, descriptor);
    }
    assertThat(facts.compression()).isEqualTo(compression);
    assertThat(facts.uncompressedBytes()).isEqualTo(Files.size(tar));
    assertThat(facts.diffId())
        .isEqualTo(tar.equals(blob) ? descriptor.digest() : Digest.parse("sha256:" + sha256(tar)));
    assertThat(facts.gaps()).isEmpty();
    assertThat(TarListing.of(facts)).isEqualTo(TarListing.byTar(tar));
    List<LayerEntry> entries = entries(facts);
    assertThat(entries).hasSize(facts.index().size());
    assertThat(entries.stream().map(LayerEntry::path).toList())
        .isSortedAccordingTo(TreeOrder.INSTANCE);
    // Equality of lists: containsExactly looks every entry up among all others.
    LayerFacts again = LayerFactsCodec.fromBytes(LayerFactsCodec.toBytes(facts));
    assertThat(entries(again)).isEqualTo(entries);
    return facts;
  }

  private static List<LayerEntry> entries(LayerFacts facts) {
    List<LayerEntry> entries = new ArrayList<>();
    facts.index().forEach(entries::add);
    return entries;
  }

  private String sha256(Path file) throws Exception {
    Path out = temporary.resolve("sha256");
    run(out, "sha256sum", file.toAbsolutePath().toString());
    return Files.readString(out).substring(0, 64);
  }

  private static void run(Path output, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }
}
