package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tare.facts.Fact;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeFactsTest {
  /**
   * The image dive tests itself with. By the listing of its layers (tar -tv), every file but the
   * first layer's has 6,405 bytes except two scripts; wasted are one of the two copies of
   * root/example/somefile1.txt and, because layer 9 deletes root/example, the other one too;
   * somefile2.txt, which goes with it; somefile3.txt, deleted by layer 7; one of the two copies of
   * root/saved.txt: 5 x 6,405 bytes of the 1,220,598 that dive counts as shipped. dive's own
   * efficiency is 0.9844, because it takes a deleted directory for needed content.
   */
  @Test
  void copiesAndDeletedFilesAreWaste(@TempDir Path scratch) {
    ImageFacts facts = new RealImages(scratch).dockerSave("docker-save/dive-busybox-14layers.tar");

    assertThat(facts.size().wasted()).isEqualTo(5 * 6_405);
    assertThat(facts.size().efficiency()).isCloseTo(1 - 32_025.0 / 1_220_598, within(1e-12));
    assertThat(facts.layers())
        .extracting(ImageFacts.Layer::hiddenBytes)
        .containsExactly(
            0L, 0L, 0L, 6_405L, 6_405L, 6_405L, 6_405L, 6_405L, 0L, 0L, 0L, 0L, 0L, 0L);
    assertThat(facts.layers().stream().mapToLong(ImageFacts.Layer::wasted).sum())
        .isEqualTo(facts.size().wasted());
    assertThat(facts.layerCount()).isEqualTo(14);
    assertThat(facts.layers().get(7).createdBy()).contains("mv");
  }

  /**
   * What {@code dive docker-archive://… --json} of dive 0.12.0 says of these images, in which no
   * path is deleted: inefficientBytes, efficiencyScore.
   */
  @ParameterizedTest
  @CsvSource({
    "docker-save/busybox-cargo-lock.tar.gz, 0, 1",
    "docker-save/busybox-whiteout.tar, 0, 1",
    "docker-save/java-uberjar.tar, 0, 1",
    "docker-save/pause-2.0.tar, 0, 1",
    "docker-save/nginx-debian10-pkgdb-only.tar, 0, 1"
  })
  void efficiencyIsThatOfDive(String name, long wasted, double efficiency, @TempDir Path scratch) {
    ImageFacts.Size size = new RealImages(scratch).dockerSave(name).size();

    assertThat(size.wasted()).isEqualTo(wasted);
    assertThat(size.efficiency()).isEqualTo(efficiency);
  }

  /**
   * dive 0.12.0 says of these three layers: sizeBytes 6510, inefficientBytes 6000, efficiencyScore
   * 0.23195084485407066. Its inefficient bytes are all copies of a path, the needed one too, which
   * its issues 76 and 684 are about: without the smallest copy, which its own efficiency leaves out
   * too, there remain 5,000.
   */
  @Test
  void efficiencyOfOverwrittenFileIsThatOfDive() {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            Stream.of(
                    LayerTar.of().file("a", new byte[1000]).file("b", new byte[500]),
                    LayerTar.of().file("a", new byte[3000]).file("c", new byte[10]),
                    LayerTar.of().file("a", new byte[2000]))
                .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
                .toList(),
            RealImages.NO_LINEAGE);

    assertThat(facts.size().efficiency()).isCloseTo(0.23195084485407066, within(1e-12));
    assertThat(facts.size().wasted()).isEqualTo(6000 - 1000);
  }

  @Test
  void fileThatStaysUnderAnotherNameIsNeeded(@TempDir Path scratch) {
    ImageFacts facts = new RealImages(scratch).layout("oci/hard-link-delete-1");

    assertThat(facts.size().wasted()).isZero();
    assertThat(facts.size().files()).isEqualTo(1);
  }

  @Test
  void emptyImageIsEfficient() {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null), List.of(), RealImages.NO_LINEAGE);

    assertThat(facts.size().efficiency()).isEqualTo(1);
    assertThat(facts.size().files()).isZero();
    assertThat(facts.base().baseClass()).isEqualTo("scratch");
  }

  @Test
  void hardLinkedFileCountsOnce() {
    byte[] blob =
        LayerTar.of().file("a", "12345").hardLink("b", "a").hardLink("c", "a").gzip().bytes();

    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            List.of(new RealImages.Blob(blob, MediaTypes.OCI_LAYER_GZIP)),
            RealImages.NO_LINEAGE);

    assertThat(facts.size().files()).isEqualTo(1);
    assertThat(facts.layers().getFirst().files()).isEqualTo(1);
  }

  /** What tar makes of them is what counts. */
  @Test
  void hardLinksThatCannotBeMadeAreGapsAndNoFiles(@TempDir Path scratch) throws IOException {
    LayerTar layer =
        LayerTar.of()
            .executable("usr/bin/real", "#!/bin/sh\n")
            .hardLink("usr/bin/curl", "usr/bin/nowhere")
            .hardLink("opt/x", "usr/bin")
            .hardLink("usr/bin/wget", "usr/bin/busybox")
            .executable("usr/bin/busybox", "#!/bin/sh\n");
    byte[] blob = layer.gzip().bytes();
    Files.write(scratch.resolve("layer.tar"), layer.tar().bytes());
    List<String> made =
        Programs.run(
                "sh",
                "-c",
                "cd \"$0\"; mkdir root; tar -xf layer.tar -C root 2> refused; find root -type f -printf '%P\\n'",
                scratch.toString())
            .lines()
            .toList();
    assertThat(made).containsExactlyInAnyOrder("usr/bin/real", "usr/bin/busybox");

    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            List.of(new RealImages.Blob(blob, MediaTypes.OCI_LAYER_GZIP)),
            RealImages.NO_LINEAGE);

    assertThat(facts.size().files()).isEqualTo(made.size());
    assertThat(facts.tools()).extracting(ImageFacts.Tool::name).doesNotContain("curl", "wget");
    assertThat(facts.gaps())
        .filteredOn(gap -> gap.reason().contains("hard link"))
        .extracting(ImageFacts.Gap::fact, ImageFacts.Gap::path, ImageFacts.Gap::reason)
        .containsExactlyInAnyOrder(
            tuple(
                Fact.TOOLS,
                "/usr/bin/curl",
                "a hard link to \"/usr/bin/nowhere\", where unpacking finds no file: left out"),
            tuple(
                Fact.TOOLS,
                "/opt/x",
                "a hard link to \"/usr/bin\", where unpacking finds no file: left out"),
            tuple(
                Fact.TOOLS,
                "/usr/bin/wget",
                "a hard link to \"/usr/bin/busybox\", which comes only after it: left out"));
  }
}
