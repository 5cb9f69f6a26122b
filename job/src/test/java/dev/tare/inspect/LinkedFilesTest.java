package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.facts.Fact;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fact that reads a file reads what a container opens at its path. */
class LinkedFilesTest {
  private static final byte[] ELF = "\u007fELF-and-more".getBytes(StandardCharsets.US_ASCII);
  private static final String PASSWD = "root:x:0:0:root:/root:/bin/sh\napp:x:5:5::/:/bin/sh\n";
  private static final String DEBIAN = "PRETTY_NAME=\"Debian\"\nID=debian\nVERSION_ID=\"12\"\n";
  private static final String STATUS =
      "Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n";
  private static final String KEY =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n";

  @Test
  void accountsAreThoseBehindALinkOfAnyKind() {
    assertUsers(LayerTar.of().file("nix/p", PASSWD).symlink("etc/passwd", "/nix/p"));
    assertUsers(LayerTar.of().file("nix/p", PASSWD).symlink("etc/passwd", "../../../nix/p"));
    assertUsers(LayerTar.of().file("usr/etc/passwd", PASSWD).symlink("etc", "usr/etc"));
    assertUsers(LayerTar.of().file("a/p", PASSWD).hardLink("etc/passwd", "a/p"));
    assertUsers(
        LayerTar.of().file("a/p", PASSWD).hardLink("b/p", "a/p").symlink("c", "b"),
        LayerTar.of().symlink("etc/passwd", "/c/p"));
    assertUsers(LayerTar.of().file("a/p", PASSWD), LayerTar.of().hardLink("etc/passwd", "a/p"));
    // Everything is executable where somebody built on Windows.
    assertUsers(LayerTar.of().executable("a/p", PASSWD).symlink("etc/passwd", "/a/p"));
  }

  @Test
  void linkedDirectoryMayBeOfAnotherLayerThanWhatItHolds() {
    assertUsers(
        LayerTar.of().symlink("etc", "data/etc"), LayerTar.of().file("data/etc/passwd", PASSWD));
    // What a layer has below a link is written to where that leads.
    assertUsers(LayerTar.of().symlink("etc", "data/etc"), LayerTar.of().file("etc/passwd", PASSWD));
  }

  /** A thousand are listed; the file of the accounts comes behind them. */
  @Test
  void moreFilesThanAreListedAreAGapOfAll() {
    String unlike = "#".repeat(600) + "\n";
    LayerTar layer = LayerTar.of().symlink("var/lib/dpkg/info", "/opt/info");
    for (int i = 0; i < 1_000; i++) {
      layer.file("opt/info/p" + i + ".list", unlike);
    }
    ImageFacts facts = inspect(layer.file("x/p", unlike + PASSWD).symlink("etc/passwd", "/x/p"));
    assertThat(facts.accounts().users()).isEmpty();
    assertThat(facts.gaps()).extracting(ImageFacts.Gap::fact).contains(Fact.LAYERS);
  }

  @Test
  void hardLinkKeepsTheContentThatItsFirstNameHad() {
    assertUsers(
        LayerTar.of().file("a/p", PASSWD),
        LayerTar.of().hardLink("etc/passwd", "a/p"),
        LayerTar.of().file("a/p", "other:x:1:1::/:/bin/sh\n"));
    assertUsers(
        LayerTar.of().file("a/p", PASSWD),
        LayerTar.of().hardLink("etc/passwd", "a/p"),
        LayerTar.of().whiteout("a/p"));
  }

  @Test
  void whatIsDeletedBehindALinkIsAbsentAndNoGap() {
    ImageFacts facts =
        inspect(
            LayerTar.of().file("a/p", PASSWD).symlink("etc/passwd", "/a/p"),
            LayerTar.of().whiteout("a/p"));
    assertThat(facts.accounts().users()).isEmpty();
    assertThat(gaps(facts)).doesNotContain(Fact.ACCOUNTS);
  }

  @Test
  void fortyLinksAreFollowedAndNoMore() {
    assertUsers(chain(40));
    assertThat(gaps(inspect(chain(41)))).contains(Fact.ACCOUNTS);
  }

  private static LayerTar chain(int links) {
    LayerTar layer = LayerTar.of().file("c/0", PASSWD);
    for (int i = 1; i < links; i++) {
      layer.symlink("c/" + i, String.valueOf(i - 1));
    }
    return layer.symlink("etc/passwd", "/c/" + (links - 1));
  }

  @Test
  void whatCannotBeFollowedIsAGapOfTheFactThatNeedsIt() {
    ImageFacts circle =
        inspect(
            LayerTar.of()
                .symlink("etc/passwd", "passwd2")
                .symlink("etc/passwd2", "passwd")
                .symlink("var/lib/dpkg", "dpkg"));
    assertThat(gaps(circle)).contains(Fact.ACCOUNTS, Fact.PACKAGES);

    ImageFacts unknown =
        inspect(
            LayerTar.of()
                .file("opt/p", "+:::::::\n")
                .file("opt/npmrc", "//npm.example/:_authToken=abc\n")
                .symlink("etc/passwd", "/opt/p")
                .hardLink("root/.npmrc", "opt/npmrc"));
    assertThat(unknown.gaps())
        .contains(
            new ImageFacts.Gap(
                Fact.ACCOUNTS,
                "/etc/passwd",
                0,
                "a link leads to \"/opt/p\": its content was not kept"))
        .anyMatch(gap -> gap.fact() == Fact.SECRETS && "/root/.npmrc".equals(gap.path()));
  }

  @Test
  void whatIsReplacedWithinALayerIsNotRemembered() {
    ImageFacts facts =
        inspect(
            LayerTar.of().file("a/p", PASSWD).file("a/p", "other").symlink("etc/passwd", "/a/p"));
    assertThat(facts.accounts().users()).isEmpty();
    assertThat(gaps(facts)).contains(Fact.ACCOUNTS);
  }

  @Test
  void fileThatIsTooLargeToBeReadIsSaidToBe() {
    ImageFacts facts =
        inspect(
            LayerTar.of().file("a/p", PASSWD + "#".repeat(2 << 20)).symlink("etc/passwd", "/a/p"));
    assertThat(facts.gaps())
        .contains(
            new ImageFacts.Gap(
                Fact.ACCOUNTS,
                "/etc/passwd",
                0,
                "a link leads to \"/a/p\": not read: 2097203 bytes, limit 1048576"));
  }

  @Test
  void databasesAreReadThroughLinks() {
    LayerTar list = LayerTar.of().file("opt/db/info/curl.list", "/.\n/usr/bin/curl\n");
    ImageFacts facts =
        inspect(
            LayerTar.of().file("opt/os", DEBIAN).symlink("etc/os-release", "../opt/os"),
            list.file("opt/db/status", STATUS)
                .symlink("var/lib/dpkg", "/opt/db")
                .executable("usr/bin/curl", ELF));
    assertThat(facts.base().os()).isNotNull();
    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:deb/debian/curl@1?arch=amd64&distro=debian-12");
    assertThat(facts.tools())
        .extracting(ImageFacts.Tool::path, ImageFacts.Tool::owner)
        .containsExactly(tuple("/usr/bin/curl", "curl 1"));
  }

  @Test
  void packageKeepsTheLayerThatBroughtItThoughTheDatabaseMovedBehindALink() {
    ImageFacts facts =
        inspect(
            LayerTar.of().file("var/lib/dpkg/status", STATUS),
            LayerTar.of()
                .whiteout("var/lib/dpkg")
                .file("opt/db/status", STATUS + STATUS.replace("curl", "wget"))
                .symlink("var/lib/dpkg", "/opt/db"));
    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::name, ImageFacts.InstalledPackage::layer)
        .containsExactly(tuple("curl", 0), tuple("wget", 1));
  }

  @Test
  void secretIsFoundUnderTheNameThatALinkGivesIt() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("var/cache/k", KEY)
                .hardLink("root/.ssh/id_rsa", "var/cache/k")
                .symlink("srv/tls.key", "/var/cache/k")
                .file("opt/dk/config.json", "{\"auths\":{\"r\":{\"auth\":\"eDp5\"}}}")
                .symlink("root/.docker", "/opt/dk"));
    assertThat(facts.secrets())
        .extracting(ImageFacts.Secret::path)
        .containsExactlyInAnyOrder("/root/.ssh/id_rsa", "/srv/tls.key");
    assertThat(facts.gaps()).anyMatch(gap -> "/root/.docker/config.json".equals(gap.path()));
  }

  @Test
  void packageOfALanguageCountsOnceHoweverManyLinksLeadToIt() {
    String json = "{\"name\":\"a\",\"version\":\"1\"}";
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("app/node_modules/.pnpm/a@1/node_modules/a/package.json", json)
                .symlink("app/node_modules/a", ".pnpm/a@1/node_modules/a")
                .file("srv/lib/b/package.json", json.replace("\"a\"", "\"b\""))
                .symlink("app/node_modules/b", "/srv/lib/b"));
    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:npm/a@1", "pkg:npm/b@1");
    assertThat(gaps(facts)).doesNotContain(Fact.PACKAGES_ITEMS);
  }

  @Test
  void linksOfAnOrdinaryImageLeaveNoGap() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("usr/lib/os-release", DEBIAN)
                .symlink("etc/os-release", "../usr/lib/os-release")
                .symlink("bin", "usr/bin")
                .symlink("lib", "usr/lib")
                .executable("usr/lib/ld-linux.so.2", ELF)
                .symlink("usr/bin/ld.so", "../lib/ld-linux.so.2")
                .file("usr/share/ca-certificates/x.crt", "-----BEGIN CERTIFICATE-----\nx\n")
                .symlink("etc/ssl/certs/x.pem", "/usr/share/ca-certificates/x.crt")
                .symlink("usr/bin/X11", "."));
    assertThat(facts.gaps()).noneMatch(gap -> gap.reason().contains("link"));
  }

  private static void assertUsers(LayerTar... layers) {
    ImageFacts facts = inspect(layers);
    assertThat(facts.accounts().users())
        .extracting(ImageFacts.User::name)
        .containsExactly("root", "app");
    assertThat(gaps(facts)).doesNotContain(Fact.ACCOUNTS);
  }

  private static List<Fact> gaps(ImageFacts facts) {
    return facts.gaps().stream().map(ImageFacts.Gap::fact).toList();
  }

  private static ImageFacts inspect(LayerTar... layers) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        Arrays.stream(layers)
            .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
            .toList(),
        RealImages.NO_LINEAGE);
  }
}
