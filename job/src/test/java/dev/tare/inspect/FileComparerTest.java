package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.FileTree.Sum;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileComparerTest {
  private static final LayerTar BASE =
      LayerTar.of().file("etc/kept", "1").file("etc/x", "22").hardLink("etc/y", "etc/x");

  @Test
  void filesAreAddedChangedAndRemovedWithTheirBytes() {
    FileDifferences files =
        compare(
            List.of(BASE, LayerTar.of().file("opt/old", "55555").directory("opt/empty")),
            List.of(
                BASE,
                LayerTar.of().file("etc/kept", "4444").whiteout("etc/x").file("var/new", "333")));

    assertThat(files.tree().added()).isEqualTo(new Sum(1, 3));
    assertThat(files.tree().changed()).isEqualTo(new Sum(1, 4));
    // etc/x is gone, and etc/y still has its content.
    assertThat(files.tree().deleted()).isEqualTo(new Sum(2, 7));
    assertThat(files.same()).isEqualTo(1);
    assertThat(files.alike()).isZero();
  }

  @Test
  void modeOwnerAndTypeAreDifferencesAndContentOfAnotherLayerIsNotKnown() {
    FileDifferences files =
        compare(
            List.of(LayerTar.of().file("a", "1").file("b", "1").file("c", "1").directory("d")),
            List.of(
                LayerTar.of()
                    .file("a", "2")
                    .owner(5, 5)
                    .file("b", "1")
                    .symlink("c", "a")
                    .file("d", "1")));

    assertThat(files.alike()).isEqualTo(1);
    assertThat(files.tree().changed()).isEqualTo(new Sum(2, 1));
    assertThat(files.tree().added()).isEqualTo(new Sum(1, 1));
    assertThat(files.tree().deleted()).isEqualTo(Sum.ZERO);
  }

  @Test
  void imageIsTheSameAsItself() {
    FileDifferences files = compare(List.of(BASE), List.of(BASE));

    assertThat(files.tree().entries()).isZero();
    assertThat(files.tree().children()).isEmpty();
    assertThat(files.same()).isEqualTo(3);
    assertThat(files.alike()).isZero();
  }

  private static FileDifferences compare(List<LayerTar> before, List<LayerTar> after) {
    return FileComparer.compare(scanned(before.stream()), scanned(after.stream()), 5, 10);
  }

  private static List<LayerFacts> scanned(Stream<LayerTar> tars) {
    LayerScanner scanner = new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS);
    return tars.map(LayerTar::gzip)
        .map(blob -> scanner.scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor()))
        .toList();
  }
}
