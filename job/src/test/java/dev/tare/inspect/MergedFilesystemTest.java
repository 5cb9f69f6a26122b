package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.layer.LayerFacts;
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
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MergedFilesystemTest {
  @TempDir Path scratch;

  @Test
  void whiteoutHidesLowerLayersOnly() {
    assertThat(
            walk(
                LayerTar.of().file("etc/x", "1").file("etc/y", "1"),
                LayerTar.of().whiteout("etc/x").file("etc/x", "22").whiteout("etc/y")))
        .containsExactly("- 0 etc/x by 1", "+ 1 etc/x", "- 0 etc/y by 1");
  }

  @Test
  void whiteoutOfDirectoryHidesAllBelow() {
    assertThat(
            walk(
                LayerTar.of().directory("a").file("a/b/c", "1").file("a-b", "1"),
                LayerTar.of().whiteout("a"),
                LayerTar.of().file("a/d", "1")))
        .containsExactly("- 0 a by 1", "- 0 a/b/c by 1", "+ 2 a/d", "+ 0 a-b");
  }

  @Test
  void opaqueDirectoryHidesWhatLowerLayersHaveInIt() {
    assertThat(
            walk(
                LayerTar.of().directory("a").file("a/b", "1").file("a/c/d", "1"),
                LayerTar.of().directory("a").opaque("a").file("a/e", "1")))
        .containsExactly("+ 1 a", "- 0 a/b by 1", "- 0 a/c/d by 1", "+ 1 a/e");
  }

  @Test
  void fileInPlaceOfDirectoryHidesItsChildren() {
    assertThat(
            walk(
                LayerTar.of().directory("a").file("a/b", "1"),
                LayerTar.of().symlink("a", "elsewhere")))
        .containsExactly("- 0 a by 1", "+ 1 a", "- 0 a/b by 1");
  }

  @Test
  void sameDirectoryInTwoLayersMerges() {
    assertThat(
            walk(
                LayerTar.of().directory("a").file("a/b", "1"),
                LayerTar.of().directory("a").file("a/c", "1")))
        .containsExactly("+ 1 a", "+ 0 a/b", "+ 1 a/c");
  }

  @Test
  void firstLayerThatHidIsNamed() {
    assertThat(
            walk(
                LayerTar.of().file("a/b", "1"),
                LayerTar.of().file("a/b", "2"),
                LayerTar.of().whiteout("a/b"),
                LayerTar.of().whiteout("a")))
        .containsExactly("- 0 a/b by 1", "- 1 a/b by 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-save/dive-busybox-14layers.tar",
        "docker-save/busybox-whiteout.tar",
        "docker-save/alpine-3.10-4gzlayers-whiteout.tar",
        "oci/whiteout-explicit-file",
        "oci/whiteout-opaque",
        "oci/hard-link-delete-1"
      })
  void visibleFilesAreThoseThatUmociUnpacks(String name) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/umoci"))
            && Files.isExecutable(Path.of("/usr/bin/skopeo")),
        "umoci or skopeo is absent: the merged tree has no oracle");
    Path image = TestImages.path(name);
    Path layout = scratch.resolve("layout");
    String source = (Files.isDirectory(image) ? "oci:" : "docker-archive:") + image;
    RealImages.run("skopeo", "copy", "-q", "--insecure-policy", source, "oci:" + layout + ":x");
    Path bundle = scratch.resolve("bundle");
    RealImages.run(
        "umoci", "raw", "unpack", "--rootless", "--image", layout + ":x", bundle.toString());

    assertThat(visibleFiles(layout)).isEqualTo(unpackedFiles(bundle));
  }

  private static Set<String> unpackedFiles(Path root) throws IOException {
    Set<String> files = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isSymbolicLink(path)) {
          files.add(root.relativize(path) + " -> " + Files.readSymbolicLink(path));
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          files.add(root.relativize(path) + " " + Files.size(path));
        }
      }
    }
    return files;
  }

  private static Set<String> visibleFiles(Path layout) throws IOException {
    JsonNode index =
        JsonMapper.builder().build().readTree(Files.readAllBytes(layout.resolve("index.json")));
    Manifest manifest =
        Manifest.parse(
            blob(layout, Digest.parse(index.get("manifests").get(0).get("digest").stringValue())),
            MediaTypes.OCI_MANIFEST);
    List<LayerIndex> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      layers.add(scan(blob(layout, layer.digest()), layer).index());
    }
    Set<String> files = new TreeSet<>();
    new MergedFilesystem(layers)
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {
                if (node.isSymlink()) {
                  files.add(node.path() + " -> " + node.entry().linkTarget());
                } else if (node.isFile()) {
                  files.add(node.path() + " " + node.content().sizeBytes());
                }
              }

              @Override
              public void hidden(TreeNode node, int hiddenBy) {
                // The oracle has no hidden files.
              }
            });
    return files;
  }

  private static byte[] blob(Path layout, Digest digest) throws IOException {
    return Files.readAllBytes(
        layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex()));
  }

  private static LayerFacts scan(byte[] bytes, Descriptor descriptor) {
    return new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(bytes), descriptor);
  }

  private static List<String> walk(LayerTar... tars) {
    List<LayerIndex> layers = new ArrayList<>();
    for (LayerTar tar : tars) {
      LayerTar.Blob blob = tar.gzip();
      layers.add(scan(blob.bytes(), blob.descriptor()).index());
    }
    List<String> seen = new ArrayList<>();
    new MergedFilesystem(layers)
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {
                seen.add("+ " + node.layer() + " " + node.path());
              }

              @Override
              public void hidden(TreeNode node, int hiddenBy) {
                seen.add("- " + node.layer() + " " + node.path() + " by " + hiddenBy);
              }
            });
    return seen;
  }
}
