package dev.tare.inspect.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.inspect.KeptContent;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MergedFilesystemTest {
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

  @Test
  void hardLinkHasTheContentOfTheNearestLayerBelow() {
    List<LayerIndex> layers =
        indexes(
            LayerTar.of().file("a", "1").file("own", "1"),
            LayerTar.of().file("a", "22"),
            LayerTar.of().file("own", "333").hardLink("b", "a").hardLink("c", "own"),
            LayerTar.of().file("a", "4444").hardLink("d", "b"));
    List<String> contents = new ArrayList<>();
    new MergedFilesystem(layers)
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {
                if (node.isHardLink()) {
                  contents.add(
                      node.path() + " " + node.contentLayer() + " " + node.content().sizeBytes());
                }
              }

              @Override
              public void hidden(TreeNode node, int hiddenBy) {
                // Not asked for.
              }
            });
    assertThat(contents).containsExactly("b 1 2", "c 2 3", "d 1 2");
  }

  /** As unpacking goes: umoci and tar refuse each of these links. */
  @Test
  void linksToWhatIsNoFileOrNotThereAreLeftOut() {
    assertThat(
            walk(
                LayerTar.of().file("deleted", "1").file("below/x", "1").file("replaced/x", "1"),
                LayerTar.of().whiteout("deleted").opaque("below").file("replaced", "2"),
                LayerTar.of()
                    .directory("d")
                    .hardLink("1", "nowhere")
                    .hardLink("2", "d")
                    .hardLink("3", "deleted")
                    .hardLink("4", "below/x")
                    .hardLink("5", "replaced/x")
                    .hardLink("6", "6")
                    .hardLink("7", "1")
                    .hardLink("8", "late")
                    .file("late", "1")))
        .containsExactlyInAnyOrder(
            "+ 2 d",
            "- 0 deleted by 1",
            "- 0 below/x by 1",
            "+ 2 late",
            "+ 1 replaced",
            "- 0 replaced/x by 1",
            "! 2 1",
            "! 2 2",
            "! 2 3",
            "! 2 4",
            "! 2 5",
            "! 2 6",
            "! 2 7",
            "! 2 8");
  }

  @Test
  void linkThroughALinkedDirectoryNamesTheFileBehindIt() {
    assertThat(
            walk(
                LayerTar.of().symlink("bin", "usr/bin").file("usr/bin/sh", "1"),
                LayerTar.of().hardLink("opt/sh", "bin/sh")))
        .contains("+ 1 opt/sh");
  }

  /** To look for each in all layers below would take hours; the time limit only ends the test. */
  @Test
  @Timeout(60)
  void linksToWhatIsNowhereAreLookedForOnce() {
    LayerTar large = LayerTar.of();
    for (int i = 0; i < 20_000; i++) {
      large.file("f" + i, "");
    }
    LayerTar[] layers = new LayerTar[2_000];
    Arrays.setAll(layers, i -> i == 0 ? large : LayerTar.of().hardLink("link" + i, "nowhere" + i));
    assertThat(walk(layers))
        .hasSize(20_000 + 1_999)
        .filteredOn(line -> line.startsWith("! "))
        .hasSize(1_999);
  }

  @Test
  void moreEntriesThanAnyImageHasAreRefused() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 5_001; i++) {
      tar.file("f" + i, "");
    }
    LayerIndex layer = indexes(tar).getFirst();
    List<LayerIndex> many = Collections.nCopies(2_000, layer);
    assertThatThrownBy(() -> new MergedFilesystem(many))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT))
        .hasMessageContaining("10002000 entries together, limit 10000000");
  }

  private static LayerFacts scan(byte[] bytes, Descriptor descriptor) {
    return new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(bytes), descriptor);
  }

  private static List<LayerIndex> indexes(LayerTar... tars) {
    List<LayerIndex> layers = new ArrayList<>();
    for (LayerTar tar : tars) {
      LayerTar.Blob blob = tar.tar();
      layers.add(scan(blob.bytes(), blob.descriptor()).index());
    }
    return layers;
  }

  private static List<String> walk(LayerTar... tars) {
    List<String> seen = new ArrayList<>();
    new MergedFilesystem(indexes(tars))
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

              @Override
              public void leftOut(int layer, LayerEntry link) {
                seen.add("! " + layer + " " + link.path());
              }
            });
    return seen;
  }
}
