package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the merged tree with the one that {@code umoci raw unpack} makes of the same image:
 * path, type, mode, size and link target. A difference is printed as two lists of lines.
 */
class MergedTreeTest {
  /** Layers that are not what their digests say; what was cut away has a test of its own. */
  private static final Set<String> WITHOUT_ORACLE =
      Set.of("bad/busybox-corrupted", "docker-save/windows-mini.tar.gz");

  @TempDir Path scratch;

  @BeforeEach
  void requireOracle() {
    Programs.skipUnless(
        Programs.isInstalled("umoci"), "umoci is absent: the merged tree has no oracle");
  }

  /** All that stand there, so that one that is added is compared too. */
  private static List<String> images() throws IOException {
    List<String> names = new ArrayList<>();
    for (String kind : List.of("docker-save", "oci", "bad")) {
      if (TestImages.areThere()) {
        try (Stream<Path> files = Files.list(TestImages.path(kind))) {
          files.map(file -> kind + "/" + file.getFileName()).forEach(names::add);
        }
      }
    }
    names.removeAll(WITHOUT_ORACLE);
    return names;
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("images")
  void mergedTreeOfEachImageIsThatOfUmoci(String name) throws IOException {
    Set<List<Digest>> compared = new HashSet<>();
    for (List<byte[]> layers : imagesOf(TestImages.path(name))) {
      if (compared.add(layers.stream().map(Digest::sha256).toList())) {
        requireSameTree(layers);
      }
    }
    assertThat(compared).isNotEmpty();
  }

  private static List<String> rootFileSystems() throws IOException {
    if (!TestImages.areThere()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(TestImages.path("rootfs"))) {
      return files.map(file -> "rootfs/" + file.getFileName()).toList();
    }
  }

  /** With a second layer that deletes, replaces and writes through the links of usr-merge. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("rootFileSystems")
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
    requireSameTree(List.of(Files.readAllBytes(base), above.tar().bytes()));
  }

  /** umoci refuses this one for hard links to files that somebody cut out of the layer. */
  @Test
  void layerWithLinksToWhatWasCutAwayHasTheFilesThatTarMakes() throws IOException {
    List<byte[]> layers = imagesOf(TestImages.path("docker-save/windows-mini.tar.gz")).getFirst();
    assertThat(layers).hasSize(1);
    Path tar = Files.write(scratch.resolve("windows.tar"), layers.getFirst());
    assertThat(merged(layers).stream().map(line -> line.split(" [dfl] ", -1)[0]))
        .containsExactlyInAnyOrderElementsOf(
            Programs.run(
                    "sh",
                    "-c",
                    "mkdir '$0.d'; tar -xf '$0' -C '$0.d' 2> '$0.err'; cd '$0.d'; find . -mindepth 1 -printf '%P\\n'"
                        .replace("$0", tar.toString()))
                .lines()
                .toList());
  }

  @Test
  void whiteoutsBesideTheirFilesAndAtTheRootGiveTheTreeOfUmoci() throws IOException {
    requireSameTree(
        List.of(
            LayerTar.of()
                .file("a", "1")
                .file("b", "1")
                .directory("d")
                .file("d/1", "1")
                .directory("e")
                .file("e/1", "1")
                .tar()
                .bytes(),
            LayerTar.of()
                .whiteout("a")
                .file("a", "22")
                .file("b", "22")
                .whiteout("b")
                .directory("d")
                .file("d/2", "22")
                .opaque("d")
                .whiteout("none")
                .tar()
                .bytes(),
            LayerTar.of().opaque("").file("f", "333").tar().bytes()));
  }

  @Test
  void layerThatWritesThroughLinkedDirectoryGivesTheTreeOfUmoci() throws IOException {
    requireSameTree(
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
  }

  @Test
  void layersThatReplaceDirectoriesAndLinksGiveTheTreeOfUmoci() throws IOException {
    requireSameTree(
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
                .hardLink("h1", "f/x")
                .hardLink("h2", "h1")
                .tar()
                .bytes(),
            LayerTar.of()
                .whiteout("b")
                .directory("a")
                .file("a/3", "3")
                .hardLink("l/4", "l/2")
                .hardLink("h3", "h2")
                .tar()
                .bytes()));
  }

  /**
   * The layers of each image of an archive or layout, as they are stored, root first. What the
   * layout only names is left out, and what is no image.
   */
  private List<List<byte[]>> imagesOf(Path place) throws IOException {
    Path directory = place;
    if (Files.isRegularFile(place)) {
      directory = Files.createDirectory(scratch.resolve("unpacked"));
      RealImages.run("tar", "-xf", place.toString(), "-C", directory.toString());
    }
    List<List<byte[]>> images = new ArrayList<>();
    if (Files.exists(directory.resolve("manifest.json"))) {
      for (JsonNode image : json(directory.resolve("manifest.json"))) {
        List<byte[]> layers = new ArrayList<>();
        for (JsonNode layer : image.path("Layers")) {
          layers.add(Files.readAllBytes(directory.resolve(layer.stringValue())));
        }
        images.add(layers);
      }
    } else {
      addImages(directory, json(directory.resolve("index.json")), images);
    }
    return images;
  }

  private static void addImages(Path layout, JsonNode index, List<List<byte[]>> images)
      throws IOException {
    for (JsonNode entry : index.path("manifests")) {
      if (!Files.exists(TestImages.blob(layout, entry))) {
        continue;
      }
      JsonNode document = json(TestImages.blob(layout, entry));
      addImages(layout, document, images);
      if (document.path("config").path("mediaType").asString("").contains(".image.")) {
        List<byte[]> layers = new ArrayList<>();
        for (JsonNode layer : document.path("layers")) {
          layers.add(Files.readAllBytes(TestImages.blob(layout, layer)));
        }
        images.add(layers);
      }
    }
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readAllBytes(file));
  }

  /** umoci gets tars, because it reads no zstd; Tare gets the layers as they are. */
  private void requireSameTree(List<byte[]> layers) throws IOException {
    Path round = Files.createTempDirectory(scratch, "round");
    Path layout = round.resolve("layout");
    List<byte[]> tars = new ArrayList<>();
    for (byte[] layer : layers) {
      tars.add(decompressed(layer));
    }
    writeLayout(layout, tars);
    Path bundle = round.resolve("bundle");
    // The two work side by side.
    Process umoci =
        new ProcessBuilder(
                "umoci", "raw", "unpack", "--rootless", "--image", layout + ":x", bundle.toString())
            .redirectErrorStream(true)
            .redirectOutput(round.resolve("umoci.log").toFile())
            .start();
    Set<String> actual = merged(layers);
    assertThat(umoci.onExit().orTimeout(2, TimeUnit.MINUTES).join().exitValue())
        .as(Files.readString(round.resolve("umoci.log")))
        .isZero();
    Set<String> expected = unpacked(bundle);
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

  private static byte[] decompressed(byte[] layer) throws IOException {
    try (InputStream in =
        layer[0] == 0x1f
            ? new GZIPInputStream(new ByteArrayInputStream(layer))
            : layer[0] == 0x28
                ? new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(layer))
                : new ByteArrayInputStream(layer)) {
      return in.readAllBytes();
    }
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

  private static Set<String> merged(List<byte[]> blobs) {
    List<LayerIndex> layers = new ArrayList<>();
    LayerScanner scanner = new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS);
    for (byte[] blob : blobs) {
      Descriptor descriptor = new Descriptor("", Digest.sha256(blob), blob.length);
      layers.add(scanner.scan(new ByteArrayInputStream(blob), descriptor).index());
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
