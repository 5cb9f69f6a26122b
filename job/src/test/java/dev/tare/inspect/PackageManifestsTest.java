package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.tare.facts.Fact;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Package records that no image of the test bed has, written here as their documentation shows
 * them.
 *
 * @see <a href="https://man.archlinux.org/man/alpm-db-descv1.5.en">alpm-db-descv1(5)</a>
 * @see <a href="https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/">Chisel
 *     manifest</a>
 * @see <a
 *     href="https://github.com/microsoft/azurelinux/blob/3.0/toolkit/docs/how_it_works/5_misc.md">
 *     Azure Linux, package manifests of images without a package manager</a>
 */
class PackageManifestsTest {
  private static final byte[] ELF = "\u007fELF-and-more".getBytes(StandardCharsets.US_ASCII);
  private static final String ARCH_BASH =
      """
      %NAME%
      bash

      %VERSION%
      5.2.037-1

      %BASE%
      bash

      %DESC%
      The GNU Bourne Again shell

      %URL%
      https://www.gnu.org/software/bash/bash.html

      %ARCH%
      x86_64

      %BUILDDATE%
      1727158500

      %INSTALLDATE%
      1730419200

      %PACKAGER%
      Somebody <somebody@example.com>

      %SIZE%
      9411932

      %LICENSE%
      GPL-3.0-or-later

      %VALIDATION%
      pgp

      %DEPENDS%
      readline
      glibc
      """;
  private static final String ARCH_ZLIB =
      """
      %NAME%
      zlib

      %VERSION%
      1:1.3.1-2

      %BASE%
      zlib

      %ARCH%
      x86_64

      %SIZE%
      350208
      """;
  private static final String CHISEL =
      """
      {"jsonwall":"1.0","schema":"1.0","count":7}
      {"kind":"content","slice":"hello_bins","path":"/usr/bin/hello"}
      {"kind":"package","name":"curl","version":"8.5.0-2ubuntu10","sha256":"4c1e6a","arch":"amd64"}
      {"kind":"package","name":"hello","version":"2.10-3build1","sha256":"a5d7c1","arch":"amd64"}
      {"kind":"path","path":"/usr/bin/","mode":"0755","slices":["curl_bins","hello_bins"]}
      {"kind":"path","path":"/usr/bin/curl","mode":"0755","slices":["curl_bins"],"sha256":"9f86d0","size":260328}
      {"kind":"path","path":"/usr/bin/hello","mode":"0755","slices":["hello_bins"],"sha256":"2cf24d","size":26856}
      {"kind":"slice","name":"hello_bins"}
      """;

  @Test
  void packagesOfPacmanAreThoseOfItsLocalDatabase() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("usr/lib/os-release", "NAME=\"Arch Linux\"\nID=arch\nBUILD_ID=rolling\n")
                .file("var/lib/pacman/local/ALPM_DB_VERSION", "9\n")
                .file("var/lib/pacman/local/bash-5.2.037-1/desc", ARCH_BASH)
                .file(
                    "var/lib/pacman/local/bash-5.2.037-1/files",
                    "%FILES%\nusr/\nusr/bin/\nusr/bin/bash\n\n%BACKUP%\netc/bash.bashrc\t02b3e1\n")
                .executable("usr/bin/bash", ELF)
                .executable("usr/bin/curl", ELF),
            LayerTar.of()
                .file("var/lib/pacman/local/zlib-1:1.3.1-2/desc", ARCH_ZLIB)
                .file("var/lib/pacman/local/zlib-1:1.3.1-2/files", "%FILES%\nusr/\n"));

    assertThat(facts.packages().managers()).containsExactly("pacman");
    assertThat(facts.packages().items())
        .extracting(PackageManifestsTest::shown)
        .containsExactly(
            "alpm bash 5.2.037-1 x86_64 9411932 layer 0",
            "alpm zlib 1:1.3.1-2 x86_64 350208 layer 1");
    assertThat(facts.packages().items().getFirst().purl())
        .isEqualTo("pkg:alpm/arch/bash@5.2.037-1?arch=x86_64&distro=arch");
    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.owner() + " " + tool.owned())
        .containsExactly("bash bash 5.2.037-1 true", "curl null false");
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES);
  }

  @Test
  void packageThatPacmanRemovedIsGone() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("var/lib/pacman/local/bash-5.2.037-1/desc", ARCH_BASH)
                .file("var/lib/pacman/local/zlib-1:1.3.1-2/desc", ARCH_ZLIB),
            LayerTar.of().whiteout("var/lib/pacman/local/zlib-1:1.3.1-2"));

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::name)
        .containsExactly("bash");
  }

  @Test
  void packagesOfChiselAreThoseOfItsManifest() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("usr/lib/os-release", "ID=ubuntu\nVERSION_ID=\"24.04\"\n")
                .file(
                    "var/lib/chisel/manifest.wall",
                    Zstd.compress(CHISEL.getBytes(StandardCharsets.UTF_8)))
                .executable("usr/bin/curl", ELF)
                .executable("usr/bin/wget", ELF));

    assertThat(facts.base().baseClass()).isEqualTo("chiselled");
    assertThat(facts.packages().managers()).containsExactly("chisel");
    assertThat(facts.packages().items())
        .extracting(PackageManifestsTest::shown)
        .containsExactly(
            "deb curl 8.5.0-2ubuntu10 amd64 null layer 0",
            "deb hello 2.10-3build1 amd64 null layer 0");
    assertThat(facts.packages().items().getLast().purl())
        .isEqualTo("pkg:deb/ubuntu/hello@2.10-3build1?arch=amd64&distro=ubuntu-24.04");
    assertThat(facts.tools())
        .extracting(tool -> tool.name() + " " + tool.owner() + " " + tool.owned())
        .containsExactly("curl curl 8.5.0-2ubuntu10 true", "wget null false");
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES);
  }

  /** {@code rpm -qa --qf} with ten fields, as the build of a distroless image writes it. */
  @Test
  void packagesOfAzureLinuxAreThoseOfItsManifest() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("etc/os-release", "ID=mariner\nVERSION_ID=\"2.0\"\n")
                .file(
                    "var/lib/rpmmanifest/container-manifest-2",
                    """
                    mariner-release\t2.0-12.cm2\t1653816591\t1653753130\tMicrosoft Corporation\t(none)\t580\tnoarch\t0\tmariner-release-2.0-12.cm2.src.rpm
                    shadow-utils\t4.9-12.cm2\t1653816591\t1653628955\tMicrosoft Corporation\t2\t3600218\tx86_64\t2\tshadow-utils-4.9-12.cm2.src.rpm
                    """));

    assertThat(facts.packages().managers()).containsExactly("rpm");
    assertThat(facts.base().baseClass()).isEqualTo("micro");
    assertThat(facts.packages().items())
        .extracting(PackageManifestsTest::shown)
        .containsExactly(
            "rpm mariner-release 2.0-12.cm2 noarch 580 layer 0",
            "rpm shadow-utils 2:4.9-12.cm2 x86_64 3600218 layer 0");
    assertThat(facts.packages().items().getLast().purl())
        .isEqualTo(
            "pkg:rpm/mariner/shadow-utils@4.9-12.cm2?arch=x86_64&distro=mariner-2.0&epoch=2");
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES);
  }

  @Test
  void recordThatCannotBeReadIsAGapWithItsPath() {
    byte[] manifest = Zstd.compress(CHISEL.getBytes(StandardCharsets.UTF_8));
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("var/lib/pacman/local/bash-5.2.037-1/desc", "%NAME%\nbash\n")
                .file("var/lib/chisel/manifest.wall", Arrays.copyOf(manifest, manifest.length - 40))
                .file("var/lib/rpmmanifest/container-manifest-2", "shadow-utils\t4.9-12.cm2\n"));

    assertThat(facts.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES)
        .extracting(ImageFacts.Gap::path)
        .containsExactlyInAnyOrder(
            "/var/lib/pacman/local/bash-5.2.037-1/desc",
            "/var/lib/chisel/manifest.wall",
            "/var/lib/rpmmanifest/container-manifest-2");
  }

  private static String shown(ImageFacts.InstalledPackage item) {
    return String.join(
        " ",
        item.type(),
        item.name(),
        item.version(),
        item.architecture(),
        String.valueOf(item.installedSize()),
        "layer",
        String.valueOf(item.layer()));
  }

  private static ImageFacts inspect(LayerTar... tars) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        Arrays.stream(tars)
            .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
            .toList(),
        RealImages.NO_LINEAGE);
  }
}
