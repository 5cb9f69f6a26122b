package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.FileTree.Attributes;
import dev.tare.inspect.FileTree.Sum;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageExplorerTest {
  @Test
  void directoriesWeighWhatTheyHoldAndTheBiggestComesFirst() {
    FileTree tree =
        explorer(
                LayerTar.of()
                    .file("a/small", "1")
                    .file("a/big", "1234567")
                    .file("b", "12")
                    .symlink("c", "b"))
            .image(2, 10);
    assertThat(tree.added()).isEqualTo(new Sum(4, 10));
    assertThat(lines(tree)).containsExactly("a/ 8", " big 7", " small 1", "b 2", "c -> b 0");
  }

  @Test
  void layerSaysWhatItAddsChangesAndDeletes() {
    ImageExplorer explorer =
        explorer(
            LayerTar.of().file("etc/kept", "1").file("etc/gone", "22").file("etc/new", "333"),
            LayerTar.of().file("etc/new", "4444").whiteout("etc/gone").file("opt/x", "55555"),
            LayerTar.of().whiteout("opt"));
    ImageExplorer.LayerView view = explorer.layer(1, 5, 10);
    assertThat(view.tree().added()).isEqualTo(new Sum(1, 5));
    assertThat(view.tree().changed()).isEqualTo(new Sum(1, 4));
    assertThat(view.tree().deleted()).isEqualTo(new Sum(1, 2));
    assertThat(lines(view.tree())).containsExactly("etc/ 6", " new 4", " gone 2", "opt/ 5", " x 5");
    assertThat(view.hidden()).isEqualTo(new Sum(1, 5));
    assertThat(explorer.layer(2, 5, 10).tree().deleted()).isEqualTo(new Sum(1, 5));
    assertThat(explorer.layer(0, 5, 10).tree().added()).isEqualTo(new Sum(3, 6));
  }

  @Test
  void whiteoutOfADirectoryDeletesAllBelowIt() {
    FileTree tree =
        explorer(
                LayerTar.of().directory("d").file("d/e/f", "1").file("d/g", "22"),
                LayerTar.of().whiteout("d"))
            .layer(1, 5, 10)
            .tree();
    assertThat(tree.deleted()).isEqualTo(new Sum(2, 3));
    assertThat(tree.added()).isEqualTo(Sum.ZERO);
  }

  @Test
  void deletedAndBroughtBackInOneLayerIsAChange() {
    FileTree tree =
        explorer(
                LayerTar.of().file("etc/x", "1"),
                LayerTar.of().whiteout("etc/x").file("etc/x", "22"))
            .layer(1, 5, 10)
            .tree();
    assertThat(tree.changed()).isEqualTo(new Sum(1, 2));
    assertThat(tree.deleted()).isEqualTo(Sum.ZERO);
  }

  @Test
  void fileInPlaceOfADirectoryDeletesWhatWasInIt() {
    FileTree tree =
        explorer(LayerTar.of().directory("a").file("a/b", "1"), LayerTar.of().file("a", "333"))
            .layer(1, 5, 10)
            .tree();
    assertThat(tree.added()).isEqualTo(new Sum(1, 3));
    assertThat(tree.deleted()).isEqualTo(new Sum(1, 1));
  }

  @Test
  void contentOfSeveralNamesCountsOnceAndIsSeenUnderEach() {
    FileTree tree = explorer(LayerTar.of().file("a", "123").hardLink("b", "a")).image(1, 10);
    assertThat(tree.added()).isEqualTo(new Sum(2, 3));
    assertThat(lines(tree)).containsExactly("a 3", "b 0");
    assertThat(tree.children())
        .extracting(child -> Objects.requireNonNull(child.attributes()).sizeBytes())
        .containsExactly(3L, 3L);
  }

  /** Whatever becomes of the first name, a container sees what the others have. */
  @Test
  void contentWhoseFirstNameIsGoneCountsUnderAnother() {
    ImageExplorer explorer =
        explorer(
            LayerTar.of()
                .file("usr/gone", "1234567")
                .hardLink("cache/gone", "usr/gone")
                .file("usr/new", "12345")
                .hardLink("cache/new", "usr/new")
                .hardLink("cache/newer", "usr/new"),
            LayerTar.of().whiteout("usr/gone").file("usr/new", "1"));

    FileTree tree = explorer.image(3, 10);

    assertThat(tree.added()).isEqualTo(new Sum(4, 13));
    assertThat(lines(tree))
        .containsExactly("cache/ 12", " gone 7", " new 5", " newer 0", "usr/ 1", " new 1");
    // Nothing of the layer below is hidden: its contents have other names.
    assertThat(explorer.layer(0, 3, 10).hidden()).isEqualTo(new Sum(2, 0));
    assertThat(explorer.layer(1, 3, 10).tree().deleted()).isEqualTo(new Sum(1, 0));
  }

  @Test
  void emptyDirectoriesModesAndOwnersAreShown() {
    ImageExplorer explorer =
        explorer(
            LayerTar.of().directory("srv").directory("srv/data").file("bin/x", "1"),
            LayerTar.of().owner(7, 8).directory("srv").directory("var/spool").symlink("y", "x"));

    assertThat(lines(explorer.image(3, 10)))
        .containsExactly("bin/ 1", " x 1", "y -> x 0", "srv/ 0", " data/ 0", "var/ 0", " spool/ 0");
    FileTree added = explorer.layer(1, 3, 10).tree();
    assertThat(lines(added)).containsExactly("y -> x 0", "var/ 0", " spool/ 0");
    assertThat(added.children().getFirst().attributes())
        .isEqualTo(new Attributes(FileTree.Type.SYMBOLIC_LINK, 0777, 7, 8, 0));
  }

  @Test
  void directoryThatIsNotOpenedWeighsAllTheSame() {
    FileTree tree = explorer(LayerTar.of().file("a/b/c/d", "1").file("a/b/e", "22")).image(1, 10);
    assertThat(lines(tree)).containsExactly("a/ 3");
    assertThat(tree.children().getFirst().others()).isNull();
  }

  @Test
  void restOfADirectoryIsCountedAndWeighed() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 20_000; i++) {
      tar.file("many/f" + i, i == 77 ? "12345" : "1");
    }
    FileTree many = explorer(tar).image(2, 3).children().getFirst();
    assertThat(many.added()).isEqualTo(new Sum(20_000, 20_004));
    assertThat(many.children()).hasSize(3);
    assertThat(many.children().getFirst().name()).isEqualTo("f77");
    assertThat(many.others()).isEqualTo(new FileTree.Others(19_997, 19_997));
  }

  @Test
  void imageWithoutLayersIsEmpty() {
    assertThat(new ImageExplorer(List.of()).image(3, 3).entries()).isZero();
  }

  /** The sum of all sizes that tar lists, and of those below usr. */
  @Test
  void realRootFileSystemWeighsWhatTarLists() throws IOException {
    Path archive = TestImages.path("rootfs/alpine-3.18.9-x86_64.tar.gz");
    FileTree tree =
        new ImageExplorer(List.of(index(Files.readAllBytes(archive), MediaTypes.OCI_LAYER_GZIP)))
            .image(1, 100);
    assertThat(tree.added().bytes()).isEqualTo(listed(archive, "."));
    assertThat(
            tree.children().stream()
                .filter(child -> child.name().equals("usr"))
                .findFirst()
                .orElseThrow()
                .bytes())
        .isEqualTo(listed(archive, "./usr"));
  }

  private static long listed(Path archive, String below) {
    return Programs.run("tar", "-tvzf", archive.toString(), below)
        .lines()
        .filter(line -> line.startsWith("-"))
        .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[2]))
        .sum();
  }

  private static List<String> lines(FileTree tree) {
    return tree.children().stream()
        .flatMap(child ->
            Stream.concat(
                Stream.of(
                    child.name()
                        + (child.directory() ? "/" : "")
                        + (child.link() == null ? "" : " -> " + child.link())
                        + " "
                        + child.bytes()),
                lines(child).stream().map(line -> " " + line)))
        .toList();
  }

  private static ImageExplorer explorer(LayerTar... tars) {
    return new ImageExplorer(
        Stream.of(tars)
            .map(LayerTar::gzip)
            .map(blob -> index(blob.bytes(), MediaTypes.OCI_LAYER_GZIP))
            .toList());
  }

  private static LayerIndex index(byte[] blob, String mediaType) {
    Descriptor descriptor = new Descriptor(mediaType, Digest.sha256(blob), blob.length);
    return new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob), descriptor)
        .index();
  }
}
