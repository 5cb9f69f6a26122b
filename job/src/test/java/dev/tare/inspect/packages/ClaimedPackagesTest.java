package dev.tare.inspect.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.facts.Fact;
import dev.tare.facts.StoredFacts;
import dev.tare.inspect.FactsJson;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.ImageInspector;
import dev.tare.inspect.InspectionLimits;
import dev.tare.inspect.LeftoverCatalog;
import dev.tare.inspect.RealImages;
import dev.tare.inspect.ToolCatalog;
import dev.tare.oci.Glob;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.vulnerability.Inventory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** SBOMs that lie in an image are claims of their publishers. */
class ClaimedPackagesTest {
  private static final String BITNAMI = "opt/bitnami/redis/.spdx-redis.spdx";
  private static final String SPDX =
      """
      {"SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3", "name": "redis",
       "packages": [
         {"name": "redis", "versionInfo": "7.2.4", "externalRefs": [
           {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:redis:redis:7.2.4"},
           {"referenceType": "purl", "referenceLocator": "pkg:bitnami/redis@7.2.4-0?arch=amd64"}]},
         {"name": "x", "externalRefs": [
           {"referenceType": "purl", "referenceLocator": "pkg:maven/org.x/in@2"}]},
         {"name": "libc6", "externalRefs": [
           {"referenceType": "purl", "referenceLocator": "pkg:deb/debian/libc6@2.36-9"}]},
         {"name": "source", "externalRefs": [
           {"referenceType": "purl", "referenceLocator": "pkg:github/redis/redis@7.2.4"}]},
         {"name": "os", "externalRefs": [
           {"referenceType": "purl", "referenceLocator": "pkg:bitnami/minideb"}]},
         {"name": "without"}]}
      """;

  @Test
  void bitnamisAreClaimsThatAreNotMatched() {
    ImageFacts facts = inspect(LayerTar.of().file(BITNAMI, SPDX));

    assertThat(facts.packages().items())
        .extracting(
            ImageFacts.InstalledPackage::purl,
            ImageFacts.InstalledPackage::evidence,
            ImageFacts.InstalledPackage::confidence)
        .containsExactly(
            tuple("pkg:bitnami/redis@7.2.4-0", List.of("sbom"), 0.5),
            tuple("pkg:deb/libc6@2.36-9", List.of("sbom"), 0.5),
            tuple("pkg:maven/org.x/in@2", List.of("sbom"), 0.5));
    assertThat(facts.packages().managers()).isEmpty();
    assertThat(facts.packages().count()).isZero();
    Inventory inventory = Inventory.of(stored(facts));
    assertThat(inventory.packages()).isEmpty();
    assertThat(inventory.claimed()).containsExactly("bitnami", "deb", "maven");
  }

  @Test
  void whatWasFoundIsNotClaimedToo() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file(BITNAMI, SPDX)
                .file(
                    "var/lib/dpkg/status", "Package: a\nStatus: install ok installed\nVersion: 1\n")
                .file(
                    "app/bom.json",
                    """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6",
                     "metadata": {"component": {"purl": "pkg:npm/app@9"}},
                     "components": [
                       {"name": "a", "purl": "pkg:npm/a@2", "components": [
                         {"name": "b", "purl": "pkg:npm/%40s/b@3"}]}]}
                    """)
                .file("app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1\"}"));

    assertThat(facts.packages().items())
        .as("dpkg was read, so that nobody need claim its packages; a is there, as version 1")
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly(
            "pkg:bitnami/redis@7.2.4-0",
            "pkg:deb/a@1",
            "pkg:maven/org.x/in@2",
            "pkg:npm/%40s/b@3",
            "pkg:npm/a@1");
  }

  @Test
  void claimNeverFillsAGap() {
    ImageFacts facts =
        inspect(LayerTar.of().file("nix/store/a-curl-8.5.0/bin/curl", "x").file(BITNAMI, SPDX));

    assertThat(facts.packages().items()).hasSize(3);
    assertThat(facts.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES)
        .extracting(ImageFacts.Gap::reason)
        .containsExactly("packages of Nix are not read by this version");
  }

  @Test
  void sbomThatSomebodyVouchesForStandsForAStoreThatIsNotRead() {
    LayerTar layer =
        LayerTar.of()
            .file("nix/store/a-curl-8.5.0/bin/curl", "x")
            .file(BITNAMI, SPDX)
            .file("app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1\"}");
    ImageFacts facts = inspect(layer, "/opt/bitnami/**");

    assertThat(facts.packages().managers()).containsExactly("sbom");
    assertThat(facts.packages().count()).isEqualTo(3);
    assertThat(facts.packages().items())
        .filteredOn(item -> item.evidence().contains("sbom"))
        .hasSize(3)
        .allMatch(item -> item.confidence() == 1);
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES);
    Inventory inventory = Inventory.of(stored(facts));
    assertThat(inventory.claimed()).isEmpty();
    assertThat(inventory.packages()).hasSize(4);

    ImageFacts other = inspect(layer, "/opt/other/**");
    assertThat(other.packages().managers()).isEmpty();
    assertThat(other.gaps()).anyMatch(gap -> gap.fact() == Fact.PACKAGES);
    assertThat(inspect(layer.file(BITNAMI, SPDX.substring(0, 300)), "/opt/bitnami/**").gaps())
        .as("one that is damaged stands for nothing")
        .anyMatch(gap -> gap.fact() == Fact.PACKAGES);
  }

  @Test
  void whatIsFoundIsNotClaimedUnderAnotherWritingOfItsName() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("app/bom.json", components("pkg:pypi/pyyaml@6.0.1", "pkg:pypi/zope-i@1"))
                .file("app/PyYAML-6.0.dist-info/METADATA", "Name: PyYAML\nVersion: 6.0\n")
                .file("app/zope.i-2.dist-info/METADATA", "Name: zope.i\nVersion: 2\n"),
            "/app/**");

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::version)
        .containsExactlyInAnyOrder("6.0", "2");
    assertThat(facts.packages().managers()).isEmpty();
  }

  @Test
  void packageThatTwoSbomsListIsCountedOnce() {
    String redis = "pkg:bitnami/redis@7.2.4-0";
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file(
                    "app/a.cdx.json",
                    components(redis + "?arch=amd64", redis + "?arch=amd64&os=linux"))
                .file("app/b.cdx.json", components(redis + "?arch=amd64")),
            "/app/**");

    assertThat(facts.packages().items()).hasSize(1);
    assertThat(facts.packages().count()).isOne();
  }

  @Test
  void epochAndSourceAreThoseOfThePackageUrl() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("etc/os-release", "ID=rhel\nVERSION_ID=9.3\n")
                .file(
                    "app/bom.json",
                    components(
                        "pkg:rpm/redhat/dbus@1.12.20-8.el9?arch=x86_64&epoch=1",
                        "pkg:deb/debian/libssl3@3.0.11-1?upstream=openssl",
                        "pkg:deb/debian/dmsetup@2:1.02.185-2?upstream=lvm2%402.03.16-2",
                        "pkg:golang/github.com/BurntSushi/toml@v1.3.2")),
            "/app/**");

    assertThat(facts.packages().items())
        .extracting(
            ImageFacts.InstalledPackage::name,
            ImageFacts.InstalledPackage::version,
            ImageFacts.InstalledPackage::source,
            ImageFacts.InstalledPackage::purl)
        .contains(
            tuple(
                "dbus",
                "1:1.12.20-8.el9",
                null,
                "pkg:rpm/rhel/dbus@1%3A1.12.20-8.el9?arch=x86_64&distro=rhel-9.3"))
        .anyMatch(
            one -> one.toList().subList(0, 3).equals(List.of("libssl3", "3.0.11-1", "openssl")))
        .anyMatch(one ->
            one.toList()
                .subList(0, 3)
                .equals(List.of("dmsetup", "2:1.02.185-2", "lvm2 (2.03.16-2)")))
        .anyMatch(one -> one.toList().getFirst().equals("github.com/BurntSushi/toml"));
  }

  private static String components(String... purls) {
    return Arrays.stream(purls)
        .map(purl -> "{\"purl\": \"" + purl + "\"}")
        .collect(
            Collectors.joining(", ", "{\"bomFormat\": \"CycloneDX\", \"components\": [", "]}"));
  }

  @Test
  void whatIsNoSbomClaimsNothingAndWhatIsCutOffIsAGap() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("app/bom.json", "{\"components\": [{\"purl\": \"pkg:npm/a@1\"}]}")
                .file("app/sbom.json", "[]")
                .file("app/a.spdx.json", SPDX.substring(0, 300))
                .file("app/b.cdx.json", "{\"bomFormat\": \"CycloneDX\", \"components\": []}"));

    assertThat(facts.packages().items()).isEmpty();
    assertThat(facts.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES_ITEMS)
        .extracting(gap -> gap.path() + ": " + gap.reason().replaceAll(":.*", ""))
        .containsExactly("/app/a.spdx.json: no JSON", "/app/b.cdx.json: no package URL in it");
  }

  private static StoredFacts stored(ImageFacts facts) {
    return StoredFacts.of(JsonMapper.shared().readTree(FactsJson.write(facts)));
  }

  private static ImageFacts inspect(LayerTar layer, String trusted) {
    return RealImages.inspect(
        new RealImages.Blob(layer.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP),
        new ImageInspector(
            ToolCatalog.shipped(),
            LeftoverCatalog.shipped(),
            InspectionLimits.DEFAULT,
            List.of(Glob.of(trusted))));
  }

  private static ImageFacts inspect(LayerTar layer) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        List.of(new RealImages.Blob(layer.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP)),
        RealImages.NO_LINEAGE);
  }
}
