package dev.tare.inspect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.Fact;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which system an image has, what kind of base, and stores of packages that are not read. */
class SystemFactsTest {
  private static final byte[] ELF = "\u007fELF-and-more".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BUSYBOX =
      "\u007fELF BusyBox v1.36.1 BusyBox is a multi-call binary"
          .getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "etc/centos-release,CentOS release 6.10 (Final),centos,6.10",
    "etc/centos-release,CentOS Linux release 7.9.2009 (Core),centos,7.9.2009",
    "etc/redhat-release,Red Hat Enterprise Linux Server release 6.10 (Santiago),rhel,6.10",
    "etc/system-release,Amazon Linux AMI release 2018.03,amzn,2018.03",
    "etc/fedora-release,Fedora release 20 (Heisenbug),fedora,20",
    "etc/SuSE-release,SUSE Linux Enterprise Server 11 (x86_64),sles,11",
    "etc/slackware-version,Slackware 15.0,slackware,15.0",
    "etc/alpine-release,3.2.3,alpine,3.2.3",
    "etc/debian_version,7.11,debian,7",
    "etc/lsb-release,DISTRIB_RELEASE=10.04|DISTRIB_ID=Ubuntu,ubuntu,10.04",
  })
  void oldSystemIsNamedByTheFileItHas(String path, String line, String id, String version) {
    ImageFacts facts = inspect(LayerTar.of().file(path, line.replace('|', '\n') + "\n"));
    ImageFacts.OperatingSystem os = requireNonNull(facts.base().os());
    assertThat(os.id()).isEqualTo(id);
    assertThat(os.versionId()).isEqualTo(version);
    assertThat(os.source()).isEqualTo(path);
    assertThat(gaps(facts)).doesNotContain(Fact.BASE_OS);
  }

  @Test
  void osReleaseWithoutAnIdIsAGapUnlessAnotherFileNamesTheSystem() {
    LayerTar named = LayerTar.of().file("etc/os-release", "NAME=x\nVERSION_ID=1\n");
    ImageFacts unknown = inspect(named);
    assertThat(unknown.base().os()).isNull();
    assertThat(gaps(unknown)).contains(Fact.BASE_OS);
    assertThat(unknown.base().baseClass()).isEqualTo("unknown");

    ImageFacts centos = inspect(named.file("etc/centos-release", "CentOS release 6.10 (Final)\n"));
    assertThat(requireNonNull(centos.base().os()).id()).isEqualTo("centos");
    assertThat(gaps(centos)).doesNotContain(Fact.BASE_OS);
  }

  @Test
  void debianWithoutAVersionHasThatOfItsOwnFile() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("etc/os-release", "\uFEFFID=Debian\r\n")
                .file("etc/debian_version", "10.13\n"));
    ImageFacts.OperatingSystem os = requireNonNull(facts.base().os());
    assertThat(os.id()).isEqualTo("debian");
    assertThat(os.versionId()).isEqualTo("10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nix/store/abc-curl-8.5.0/bin/curl",
        "gnu/store/abc-curl-8.5.0/bin/curl",
        "var/log/packages/curl-8.5.0-x86_64-1",
        "var/lib/pkgtools/packages/curl-8.5.0-x86_64-1",
        "var/db/xbps/pkgdb-0.38.plist",
      })
  void storeThatIsNotReadIsAGapAndNeverNone(String path) {
    ImageFacts facts = inspect(LayerTar.of().file(path, "x"));
    assertThat(gaps(facts)).containsOnlyOnce(Fact.PACKAGES);
    assertThat(facts.base().baseClass()).isEqualTo("unknown");
  }

  @Test
  void storeBesideTheSystemsOwnLeavesThatWhole() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("var/lib/dpkg/status", "Package: a\nVersion: 1\n")
                .file("var/lib/snapd/snaps/core_1.snap", "x"));
    assertThat(gaps(facts)).contains(Fact.PACKAGES_ITEMS).doesNotContain(Fact.PACKAGES);
  }

  @Test
  void logsAreNoStore() {
    assertThat(gaps(inspect(LayerTar.of().file("var/log/packages/install.log", "x"))))
        .doesNotContain(Fact.PACKAGES);
  }

  @Test
  void packagesOfOpkgAreRead() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("etc/os-release", "ID=\"openwrt\"\nVERSION_ID=\"23.05.2\"\n")
                .file(
                    "usr/lib/opkg/status",
                    """
                    Package: curl
                    Version: 8.6.0-1
                    Status: install user installed
                    Architecture: x86_64

                    """)
                .file("usr/lib/opkg/info/curl.list", "/usr/bin/curl\n")
                .executable("bin/opkg", ELF)
                .executable("usr/bin/curl", ELF));
    assertThat(facts.packages().managers()).containsExactly("opkg");
    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:opkg/openwrt/curl@8.6.0-1?arch=x86_64&distro=openwrt-23.05.2");
    assertThat(facts.tools())
        .filteredOn(tool -> tool.path().equals("/usr/bin/curl"))
        .extracting(ImageFacts.Tool::owner)
        .containsExactly("curl 8.6.0-1");
    assertThat(facts.base().baseClass()).isEqualTo("unknown");
  }

  @Test
  void evidenceThatContradictsAKindLeavesItUnknownAndIsSaid() {
    LayerTar pacman =
        LayerTar.of().file("var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%VERSION%\n1-1\n");
    ImageFacts without = inspect(pacman);
    assertThat(without.base().baseClass()).isEqualTo("unknown");
    assertThat(without.gaps())
        .anyMatch(
            gap -> gap.fact() == Fact.BASE_CLASS && gap.reason().contains("pacman is not there"));
    assertThat(inspect(pacman.executable("usr/bin/pacman", ELF)).base().baseClass())
        .isEqualTo("full");

    String manifest = "NAME\t1-1\t1\t1\tv\t(none)\t1\tx86_64\t0\tNAME-1-1.src.rpm\n";
    String path = "var/lib/rpmmanifest/container-manifest-2";
    assertThat(
            inspect(LayerTar.of().file(path, manifest.replace("NAME", "glibc"))).base().baseClass())
        .isEqualTo("micro");
    ImageFacts bash = inspect(LayerTar.of().file(path, manifest.replace("NAME", "bash")));
    assertThat(bash.base().baseClass()).isEqualTo("unknown");
    assertThat(bash.gaps())
        .anyMatch(
            gap -> gap.reason().equals("package bash is recorded, and its program is not there"));
  }

  @Test
  void busyboxAloneIsASystemOfBusybox() {
    assertThat(inspect(LayerTar.of().executable("bin/busybox", BUSYBOX)).base().baseClass())
        .isEqualTo("busybox");
    assertThat(inspect(LayerTar.of().executable("app", ELF)).base().baseClass())
        .isEqualTo("scratch");
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
