package dev.tare.inspect.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.RealImages;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargestFilesTest {
  /** By tar and sort, which knows each hard link by its first name only. */
  @Test
  void largestFilesAreThoseThatTarLists(@TempDir Path scratch) {
    String name = "rootfs/alpine-3.18.9-x86_64.tar.gz";
    String listed =
        Programs.run(
            "sh",
            "-c",
            "tar -tvzf '"
                + TestImages.path(name)
                + "' | grep '^-' | awk '{ sub(/^\\./, \"\", $6); print $3, $6 }' | sort -k1,1nr -k2,2");

    assertThat(new RealImages(scratch).rootfs(name).size().largestFiles())
        .extracting(file -> file.bytes() + " " + file.path())
        .hasSize(LargestFiles.MOST)
        .containsExactlyElementsOf(listed.lines().limit(LargestFiles.MOST).toList());
  }

  @Test
  void onlyWhatIsVisibleCountsAndOnce() {
    assertThat(
            largest(
                LayerTar.of()
                    .file("usr/lib/model", new byte[900])
                    .file("opt/gone", new byte[800])
                    .file("opt/replaced", new byte[700])
                    .hardLink("opt/another-name", "usr/lib/model")
                    .symlink("opt/link", "/usr/lib/model"),
                LayerTar.of()
                    .whiteout("opt/gone")
                    .file("opt/replaced", new byte[70])
                    .file("opt/empty", new byte[0])))
        .containsExactly("900 /usr/lib/model layer 0", "70 /opt/replaced layer 1");
  }

  @Test
  void fileWhoseFirstNameIsGoneStandsUnderTheOther() {
    assertThat(
            largest(
                LayerTar.of().file("z", new byte[900]).hardLink("a", "z"),
                LayerTar.of().whiteout("z")))
        .containsExactly("900 /a layer 0");
  }

  private static List<String> largest(LayerTar... tars) {
    return RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            Arrays.stream(tars)
                .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
                .toList(),
            RealImages.NO_LINEAGE)
        .size()
        .largestFiles()
        .stream()
        .map(file -> file.bytes() + " " + file.path() + " layer " + file.layer())
        .toList();
  }
}
