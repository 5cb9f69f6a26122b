package dev.tare.inspect.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.RealImages;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores in plain text or JSON: Gentoo's, conda's, Homebrew's. */
class FurtherStoresTest {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1, 1};
  private static final String BASH = "var/db/pkg/app-shells/bash-5.2_p37-r1/";
  private static final String CONDA = "opt/conda/conda-meta/ca-certificates-2024.2.2-hbcca054_0";

  private static LayerTar gentoo() {
    return LayerTar.of()
        .file("etc/os-release", "NAME=Gentoo\nID=gentoo\nVERSION_ID=2.17\n")
        .file(BASH + "PF", "bash-5.2_p37-r1\n")
        .file(BASH + "CATEGORY", "app-shells\n")
        .file(BASH + "SLOT", "0\n")
        .file(
            BASH + "CONTENTS",
            """
            dir /bin
            obj /bin/bash 9e3b4d0a41c7c1d7fb7f1c3a0e6a2a3b 1726000000
            sym /bin/rbash -> bash 1726000000
            obj /usr/share/doc/with space/README 9e3b4d0a41c7c1d7fb7f1c3a0e6a2a3b 1726000000
            """)
        .file("var/db/pkg/acct-user/portage-0-r3/PF", "portage-0-r3\n")
        .file("var/db/pkg/acct-user/portage-0-r3/CONTENTS", "");
  }

  @Test
  void packagesOfGentooAreReadWithTheProgramsTheyOwn() {
    ImageFacts facts =
        inspect(gentoo().executable("bin/bash", ELF).executable("usr/bin/emerge", ELF));
    assertThat(facts.packages().managers()).containsExactly("portage");
    assertThat(facts.packages().count()).isEqualTo(2);
    assertThat(facts.packages().items())
        .extracting(
            ImageFacts.InstalledPackage::type,
            ImageFacts.InstalledPackage::name,
            ImageFacts.InstalledPackage::version,
            ImageFacts.InstalledPackage::purl)
        .containsExactly(
            tuple("portage", "acct-user/portage", "0-r3", null),
            tuple("portage", "app-shells/bash", "5.2_p37-r1", null));
    assertThat(facts.tools())
        .filteredOn(tool -> tool.path().equals("/bin/bash"))
        .extracting(ImageFacts.Tool::owner, ImageFacts.Tool::owned)
        .containsExactly(tuple("app-shells/bash 5.2_p37-r1", true));
    assertThat(facts.tools())
        .filteredOn(tool -> tool.path().equals("/usr/bin/emerge"))
        .extracting(ImageFacts.Tool::owned)
        .containsExactly(false);
    assertThat(gaps(facts)).doesNotContain(Fact.PACKAGES, Fact.PACKAGES_ITEMS);
    assertThat(facts.base().baseClass()).isEqualTo("full");
  }

  @Test
  void gentooWithoutItsManagerIsNoKnownKind() {
    assertThat(inspect(gentoo().executable("bin/bash", ELF)).base().baseClass())
        .isEqualTo("unknown");
    assertThat(inspect(gentoo()).gaps())
        .anyMatch(
            gap -> gap.reason().equals("package bash is recorded, and its program is not there"));
  }

  @ParameterizedTest
  @CsvSource({
    "dev-libs/libxml2-2.12.9,dev-libs/libxml2,2.12.9",
    "net-dns/bind-tools-9.16.42,net-dns/bind-tools,9.16.42",
    "media-fonts/font-util-1.4.1-r1,media-fonts/font-util,1.4.1-r1",
    "app-misc/a-2b-1_alpha3_p20240101-r12,app-misc/a-2b,1_alpha3_p20240101-r12",
    "sys-libs/timezone-data-2024a,sys-libs/timezone-data,2024a"
  })
  void versionIsWhatGentooSaysItIs(String directory, String name, String version) {
    String path = "var/db/pkg/" + directory;
    ImageFacts facts =
        inspect(LayerTar.of().file(path + "/PF", path.substring(path.lastIndexOf('/') + 1)));
    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::name, ImageFacts.InstalledPackage::version)
        .containsExactly(tuple(name, version));
  }

  @Test
  void gentooRecordThatContradictsItsPlaceIsAGap() {
    ImageFacts facts = inspect(LayerTar.of().file(BASH + "PF", "zsh-5.9\n"));
    assertThat(facts.packages().items()).isEmpty();
    assertThat(facts.gaps())
        .anyMatch(gap ->
            gap.fact() == Fact.PACKAGES
                && gap.reason().equals("PF says zsh-5.9, expected the name of its directory"));
  }

  @Test
  void endlessNameIsAGap() {
    String endless = "a-1" + ".1".repeat(200_000);
    ImageFacts facts = inspect(LayerTar.of().file(BASH + "PF", endless));
    assertThat(facts.packages().items()).isEmpty();
    assertThat(facts.gaps())
        .anyMatch(gap -> gap.fact() == Fact.PACKAGES && gap.reason().startsWith("PF says a-1.1"));
  }

  @Test
  void programWhoseHeadersStandBeyondAllFilesIsAProgram() {
    byte[] elf = new byte[64];
    System.arraycopy(ELF, 0, elf, 0, ELF.length);
    Arrays.fill(elf, 32, 39, (byte) 0xff); // e_phoff
    elf[39] = 0x7f;
    elf[56] = 1;
    assertThat(inspect(gentoo().executable("bin/bash", elf)).tools())
        .anyMatch(tool -> tool.path().equals("/bin/bash"));
  }

  @Test
  void packagesOfCondaAreReadBesideTheSystems() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file(
                    "var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n")
                .file(
                    "opt/conda/conda-meta/curl-8.5.0-hca28451_0.json",
                    """
                    {"arch": "x86_64", "build": "hca28451_0", "depends": ["libcurl 8.5.0 hca28451_0"],
                     "files": ["bin/curl", "../../usr/bin/env", "include/curl/curl.h", "lib/libcurl.so.4"],
                     "link": {"source": "/opt/conda/pkgs/curl-8.5.0-hca28451_0", "type": 1},
                     "name": "curl", "paths_data": {"paths": [{"_path": "bin/curl", "name": "no"}]},
                     "subdir": "linux-64", "version": "8.5.0"}
                    """)
                .file(CONDA + ".json", "{\"name\": \"ca-certificates\", \"version\": \"2024.2.2\"}")
                .file("opt/conda/conda-meta/history", "==> 2024-02-01 <==\n")
                .executable("opt/conda/bin/curl", ELF)
                .executable("usr/bin/env", ELF));
    assertThat(facts.packages().managers()).containsExactly("conda", "dpkg");
    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly(
            "pkg:conda/ca-certificates@2024.2.2",
            "pkg:conda/curl@8.5.0?subdir=linux-64",
            "pkg:deb/a@1");
    assertThat(facts.tools())
        .filteredOn(tool -> tool.path().equals("/opt/conda/bin/curl"))
        .extracting(ImageFacts.Tool::owner)
        .containsExactly("curl 8.5.0");
    // No package has files outside of its environment.
    assertThat(facts.tools())
        .filteredOn(tool -> tool.path().equals("/usr/bin/env"))
        .extracting(ImageFacts.Tool::owner)
        .doesNotContain("curl 8.5.0");
    assertThat(gaps(facts)).doesNotContain(Fact.PACKAGES, Fact.PACKAGES_ITEMS);
  }

  @Test
  void condaSaysNothingAboutTheSystem() {
    ImageFacts facts =
        inspect(LayerTar.of().file(CONDA + ".json", "{\"name\": \"ca-certificates\""));
    assertThat(gaps(facts)).contains(Fact.PACKAGES_ITEMS).doesNotContain(Fact.PACKAGES);
    assertThat(facts.base().baseClass()).isEqualTo("scratch");
  }

  @Test
  void kegsOfHomebrewAreRead() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file(
                    "home/linuxbrew/.linuxbrew/Cellar/openssl@3/3.2.1_1/INSTALL_RECEIPT.json",
                    "{\"homebrew_version\":\"4.2.9\"}")
                .file("home/linuxbrew/.linuxbrew/Cellar/openssl@3/3.2.1_1/bin/openssl", "x"));
    assertThat(facts.packages().managers()).containsExactly("homebrew");
    assertThat(facts.packages().items())
        .extracting(
            ImageFacts.InstalledPackage::type,
            ImageFacts.InstalledPackage::name,
            ImageFacts.InstalledPackage::version,
            ImageFacts.InstalledPackage::purl)
        .containsExactly(tuple("brew", "openssl@3", "3.2.1_1", null));
  }

  private static List<Fact> gaps(ImageFacts facts) {
    return facts.gaps().stream().map(ImageFacts.Gap::fact).toList();
  }

  private static ImageFacts inspect(LayerTar layer) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        List.of(new RealImages.Blob(layer.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP)),
        RealImages.NO_LINEAGE);
  }
}
