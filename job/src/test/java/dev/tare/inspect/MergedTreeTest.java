package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.layer.LayerIndex;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the merged tree with the one that {@code umoci raw unpack} makes of the same image:
 * path, type, mode, size and link target. A difference is printed as two lists of lines.
 */
class MergedTreeTest {
  @TempDir Path scratch;

  @BeforeEach
  void requireOracle() {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/umoci"))
            && Files.isExecutable(Path.of("/usr/bin/skopeo")),
        "umoci or skopeo is absent: the merged tree has no oracle");
  }

  @ParameterizedTest
  @CsvSource({
    "docker-archive, docker-save/alpine-3.10-4gzlayers-whiteout.tar",
    "docker-archive, docker-save/busybox-cargo-lock.tar.gz",
    "docker-archive, docker-save/busybox-whiteout.tar",
    "docker-archive, docker-save/dive-busybox-14layers.tar",
    "docker-archive, docker-save/hello-world-docker25.tar",
    "docker-archive, docker-save/java-uberjar.tar",
    "docker-archive, docker-save/pause-2.0.tar",
    "oci-archive, oci/busybox-arm64-attestation.tar",
    "oci-archive, oci/busybox-arm64-partial-index.tar",
    "oci-archive, oci/dive-estargz.tar",
    "oci-archive, oci/dive-gzip.tar",
    "oci-archive, oci/dive-uncompressed.tar",
    "oci-archive, oci/npm-lock-alpine3.19.tar",
    "oci, oci/hello-world-9arch",
    "oci, oci/hard-link-delete-1",
    "oci, oci/whiteout-explicit-file",
    "oci, oci/whiteout-opaque",
  })
  void mergedTreeOfImageIsThatOfUmoci(String transport, String name) throws IOException {
    Path layout = scratch.resolve("layout");
    String architecture = name.contains("arm64") ? "arm64" : "amd64";
    RealImages.run(
        "skopeo",
        "copy",
        "-q",
        "--insecure-policy",
        "--override-arch",
        architecture,
        transport + ":" + TestImages.path(name),
        "oci:" + layout + ":x");

    requireSameTree(layout);
  }

  /** With a second layer that deletes, replaces and writes through the links of usr-merge. */
  @ParameterizedTest
  @CsvSource({
    "rootfs/alpine-3.18.9-x86_64.tar.gz",
    "rootfs/debian-bookworm-minbase-amd64.tar.xz",
    "rootfs/distroless-static-layer-3ddae621.tar.gz",
    "rootfs/almalinux-9.3-micro-arm64.tar.xz",
    "rootfs/almalinux-8.8-micro-s390x.tar.xz",
    "docker-save/nginx-debian10-pkgdb-only.tar",
    "docker-save/alpine-3.15.0.tar.gz",
    "oci/busybox-1.37-musl-amd64/rootfs.tar.gz"
  })
  void mergedTreeOfRootFilesystemIsThatOfUmoci(String name) throws IOException {
    Path base = scratch.resolve("base.tar");
    String unpack = name.endsWith(".xz") ? "xz -dc" : "gzip -dcf";
    RealImages.run("sh", "-c", unpack + " '" + TestImages.path(name) + "' > '" + base + "'");
    LayerTar above =
        LayerTar.of()
            .whiteout("etc/passwd")
            .directory("var/lib")
            .opaque("var/lib")
            .file("var/lib/new", "new")
            .file("etc/os-release", "ID=changed\n")
            .directory("opt", 0700)
            .symlink("srv", "opt");

    Path layout = scratch.resolve("layout");
    writeLayout(layout, List.of(Files.readAllBytes(base), above.tar().bytes()));
    requireSameTree(layout);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com/empty:latest", "example.com/empty/but:different"})
  void mergedTreeOfEachImageOfAnArchiveIsThatOfUmoci(String image) throws IOException {
    Path layout = scratch.resolve("layout");
    RealImages.run(
        "skopeo",
        "copy",
        "-q",
        "--insecure-policy",
        "docker-archive:" + TestImages.path("docker-save/two-images.tar.xz") + ":" + image,
        "oci:" + layout + ":x");
    requireSameTree(layout);
  }

  /** umoci reads no zstd, so it gets the tar that zstd makes of the layer. */
  @Test
  void mergedTreeOfZstdLayerIsThatOfUmociFromItsTar() throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/zstd")), "zstd is absent: nothing decompresses");
    Path layout = scratch.resolve("layout");
    RealImages.run(
        "skopeo",
        "copy",
        "-q",
        "--insecure-policy",
        "--override-arch",
        "arm64",
        "oci-archive:" + TestImages.path("oci/dive-zstd.tar"),
        "oci:" + layout + ":x");
    Descriptor layer =
        Manifest.parse(
                blob(layout, Digest.parse(firstOf(layout).get("digest").stringValue())),
                MediaTypes.OCI_MANIFEST)
            .layers()
            .getFirst();
    Path tar = scratch.resolve("layer.tar");
    RealImages.run(
        "zstd",
        "-q",
        "-d",
        layout.resolve("blobs/sha256").resolve(layer.digest().hex()).toString(),
        "-o",
        tar.toString());
    Path plain = scratch.resolve("plain");
    writeLayout(plain, List.of(Files.readAllBytes(tar)));
    requireSameTree(plain, layout);
  }

  /**
   * The one image that has no oracle: skopeo refuses it for its config, which has no diff IDs, and
   * umoci its layer, from which somebody cut what hard links lead to.
   */
  @Test
  void layerWithLinksToWhatWasCutAwayHasTheFilesThatTarLists() throws IOException {
    Path archive = TestImages.path("docker-save/windows-mini.tar.gz");
    RealImages.run("tar", "-xf", archive.toString(), "-C", scratch.toString());
    Path layer;
    try (Stream<Path> files = Files.list(scratch)) {
      layer = files.filter(file -> file.toString().endsWith(".tar")).findFirst().orElseThrow();
    }
    Path listing = scratch.resolve("listing");
    RealImages.run("sh", "-c", "tar -tf '" + layer + "' > '" + listing + "'");
    Path layout = scratch.resolve("layout");
    writeLayout(layout, List.of(Files.readAllBytes(layer)));

    Set<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(listing)) {
      listed.add(line.endsWith("/") ? line.substring(0, line.length() - 1) : line);
    }
    assertThat(listed)
        .containsAll(merged(layout).stream().map(line -> line.split(" [dfl] ", -1)[0]).toList())
        .isNotEmpty();
  }

  @Test
  void layerThatWritesThroughLinkedDirectoryGivesTheTreeOfUmoci() throws IOException {
    Path layout = scratch.resolve("layout");
    writeLayout(
        layout,
        List.of(
            LayerTar.of()
                .directory("usr")
                .directory("usr/bin")
                .symlink("bin", "usr/bin")
                .symlink("sbin", "/usr/bin")
                .file("usr/bin/old", "old")
                .file("usr/bin/gone", "gone")
                .tar()
                .bytes(),
            LayerTar.of()
                .file("bin/new", "new")
                .file("sbin/old", "newer")
                .whiteout("bin/gone")
                .tar()
                .bytes()));
    requireSameTree(layout);
  }

  @Test
  void layersThatReplaceDirectoriesAndLinksGiveTheTreeOfUmoci() throws IOException {
    Path layout = scratch.resolve("layout");
    writeLayout(
        layout,
        List.of(
            LayerTar.of()
                .directory("a")
                .file("a/1", "1")
                .directory("b")
                .file("b/1", "1")
                .file("f", "file")
                .hardLink("g", "f")
                .symlink("l", "a")
                .tar()
                .bytes(),
            LayerTar.of()
                .file("a", "no directory any more")
                .directory("l")
                .file("l/2", "2")
                .directory("f")
                .file("f/x", "x")
                .tar()
                .bytes(),
            LayerTar.of()
                .whiteout("b")
                .directory("a")
                .file("a/3", "3")
                .hardLink("l/4", "l/2")
                .tar()
                .bytes()));
    requireSameTree(layout);
  }

  private void requireSameTree(Path layout) throws IOException {
    requireSameTree(layout, layout);
  }

  private void requireSameTree(Path unpackedByUmoci, Path layout) throws IOException {
    Path bundle = scratch.resolve("bundle");
    RealImages.run(
        "umoci",
        "raw",
        "unpack",
        "--rootless",
        "--image",
        unpackedByUmoci + ":x",
        bundle.toString());

    Set<String> expected = unpacked(bundle);
    Set<String> actual = merged(layout);
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(actual);
    // umoci makes the directories that no layer states.
    missing.removeIf(line ->
        line.contains(" d ")
            && actual.stream()
                .noneMatch(
                    other -> other.startsWith(line.substring(0, line.indexOf(" d ")) + " ")));
    Set<String> added = new TreeSet<>(actual);
    added.removeAll(expected);
    assertThat(missing).as("only umoci has").isEmpty();
    assertThat(added).as("only Tare has").isEmpty();
    assertThat(actual).isNotEmpty();
  }

  private static Set<String> unpacked(Path root) throws IOException {
    Set<String> lines = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = root.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          lines.add(name + " l " + Files.readSymbolicLink(path));
          continue;
        }
        int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
        if (Files.isDirectory(path)) {
          lines.add(name + " d " + Integer.toOctalString(mode));
        } else if (Files.isRegularFile(path)) {
          lines.add(name + " f " + Integer.toOctalString(mode) + " " + Files.size(path));
        }
      }
    }
    return lines;
  }

  private static Set<String> merged(Path layout) throws IOException {
    Manifest manifest =
        Manifest.parse(
            blob(layout, Digest.parse(firstOf(layout).get("digest").stringValue())),
            MediaTypes.OCI_MANIFEST);
    List<LayerIndex> layers = new ArrayList<>();
    LayerScanner scanner = new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS);
    for (Descriptor layer : manifest.layers()) {
      layers.add(
          scanner.scan(new ByteArrayInputStream(blob(layout, layer.digest())), layer).index());
    }
    Set<String> lines = new TreeSet<>();
    new MergedFilesystem(layers)
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {
                String mode = Integer.toOctalString(node.content().mode());
                if (node.isSymlink()) {
                  lines.add(node.path() + " l " + node.entry().linkTarget());
                } else if (node.isDirectory()) {
                  lines.add(node.path() + " d " + mode);
                } else if (node.isFile()) {
                  lines.add(node.path() + " f " + mode + " " + node.content().sizeBytes());
                } else {
                  // What umoci writes for a device where it may not make one.
                  lines.add(node.path() + " f " + mode + " 0");
                }
              }

              @Override
              public void hidden(TreeNode node, int hiddenBy) {
                // The oracle has no hidden files.
              }
            });
    return lines;
  }

  private static JsonNode firstOf(Path layout) throws IOException {
    return JsonMapper.builder()
        .build()
        .readTree(Files.readAllBytes(layout.resolve("index.json")))
        .get("manifests")
        .get(0);
  }

  private static byte[] blob(Path layout, Digest digest) throws IOException {
    return Files.readAllBytes(
        layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex()));
  }

  /** An image of uncompressed layers, root first. */
  private static void writeLayout(Path layout, List<byte[]> tars) throws IOException {
    Files.createDirectories(layout.resolve("blobs/sha256"));
    List<String> diffIds = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    for (byte[] tar : tars) {
      diffIds.add("\"" + Digest.sha256(tar) + "\"");
      layers.add(write(layout, tar, "application/vnd.oci.image.layer.v1.tar"));
    }
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
            + String.join(",", diffIds)
            + "]}}";
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
            + write(layout, utf8(config), "application/vnd.oci.image.config.v1+json")
            + ",\"layers\":["
            + String.join(",", layers)
            + "]}";
    String entry = write(layout, utf8(manifest), "application/vnd.oci.image.manifest.v1+json");
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":["
            + entry.substring(0, entry.length() - 1)
            + ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"x\"}}]}");
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /** Writes a blob and gives its descriptor. */
  private static String write(Path layout, byte[] content, String mediaType) throws IOException {
    Digest digest = Digest.sha256(content);
    Files.write(layout.resolve("blobs/sha256").resolve(digest.hex()), content);
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest, content.length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
