package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeftoverFactsTest {
  /** Nobody is to think that all of usr/lib can go. */
  @Test
  void manyFilesAreShownAsSomewhereBelowTheirDirectory() {
    LayerTar layer = LayerTar.of().file("usr/lib/libc.so.6", "needed");
    for (int i = 10; i < 50; i++) {
      layer.file("usr/lib/x" + i + "/lib" + i + ".a", "1234567890");
    }
    assertThat(leftovers(layer))
        .contains(new ImageFacts.Leftover("static-libraries", "/usr/lib/**", 330, 33, 0, null))
        .extracting(ImageFacts.Leftover::path)
        .doesNotContain("/usr/lib")
        .hasSize(8);
  }

  @Test
  void filesAllOverAreShownAsSomewhere() {
    LayerTar layer = LayerTar.of();
    for (int i = 10; i < 30; i++) {
      layer.file("d" + i + "/lib.a", "1234567890");
    }
    assertThat(leftovers(layer))
        .extracting(leftover -> leftover.path() + " " + leftover.files())
        .contains("/** 17")
        .hasSize(4);
  }

  @Test
  void directoryOfWhichAllCountsIsShownAsItself() {
    LayerTar layer = LayerTar.of();
    for (int i = 10; i < 50; i++) {
      layer.file("var/cache/apt/archives/p" + i + ".deb", "1234567890");
    }
    assertThat(leftovers(layer))
        .containsExactly(new ImageFacts.Leftover("apt-cache", "/var/cache/apt", 400, 40, 0, null));
  }

  @Test
  void databaseOfApkIsNoLeftover() {
    assertThat(
            leftovers(
                LayerTar.of()
                    .file("lib/apk/db/installed", "P:musl\nV:1\n\n")
                    .file("lib/apk/db/scripts.tar", "scripts")
                    .file("lib/apk/db/triggers", "triggers")))
        .isEmpty();
  }

  private static List<ImageFacts.Leftover> leftovers(LayerTar layer) {
    return RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            List.of(new RealImages.Blob(layer.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP)),
            RealImages.NO_LINEAGE)
        .leftovers();
  }
}
