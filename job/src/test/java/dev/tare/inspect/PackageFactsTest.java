package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with lists made by dpkg-query and by reading apk's databases elsewhere. */
class PackageFactsTest {
  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({
    "rootfs/alpine-3.18.9-x86_64.tar.gz, apk",
    "rootfs/debian-bookworm-minbase-amd64.tar.xz, dpkg",
    "rootfs/distroless-static-layer-3ddae621.tar.gz, dpkg",
    "docker-save/alpine-3.10-4gzlayers-whiteout.tar, apk",
    "docker-save/alpine-3.15.0.tar.gz, apk",
    "docker-save/nginx-debian10-pkgdb-only.tar, dpkg"
  })
  void packagesAreThoseOfTheDatabase(String image, String manager) throws IOException {
    RealImages images = new RealImages(scratch);
    ImageFacts facts = image.startsWith("rootfs") ? images.rootfs(image) : images.dockerSave(image);

    assertThat(facts.packages().managers()).containsExactly(manager);
    assertThat(
            facts.packages().items().stream()
                .map(item -> item.name() + " " + item.version() + " " + item.architecture()))
        .containsExactlyInAnyOrderElementsOf(listed(image));
    assertThat(facts.packages().count()).isEqualTo(facts.packages().items().size());
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact().equals("packages"));
  }

  private static List<String> listed(String image) throws IOException {
    List<String> packages = new ArrayList<>();
    for (String line :
        Files.readAllLines(
            TestImages.path("packages/" + image.replace('/', '_') + ".txt"),
            StandardCharsets.UTF_8)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] columns = line.split("\t", -1);
        packages.add(columns[0] + " " + columns[1] + " " + columns[2]);
      }
    }
    return packages;
  }

  @Test
  void unreadDatabaseIsGapAndNotZeroPackages() {
    ImageFacts facts = new RealImages(scratch).rootfs("rootfs/almalinux-9.3-micro-arm64.tar.xz");

    assertThat(facts.packages().managers()).containsExactly("rpm");
    assertThat(facts.gaps())
        .contains(
            new ImageFacts.Gap(
                "packages",
                "/var/lib/rpm/rpmdb.sqlite",
                0,
                "rpm databases are not read by this version"));
    assertThat(facts.base().baseClass()).isEqualTo("micro");
    assertThat(facts.tools()).isNotEmpty().allMatch(tool -> tool.owned() == null);
  }

  @Test
  void removedPackageIsNoPackage() {
    String status =
        """
        Package: a
        Status: deinstall ok config-files
        Version: 1
        Architecture: all

        Package: b
        Status: install ok installed
        Version: 2
        Architecture: all
        Description: text
         Version: 9

        Package: c
        Status: install ok half-configured
        Version: 3
        Architecture: all
        """;
    List<String> malformed = new ArrayList<>();

    assertThat(
            DpkgDatabase.packages(
                DpkgDatabase.reduceStatus(status.getBytes(StandardCharsets.UTF_8)), malformed::add))
        .extracting(item -> item.name() + " " + item.version())
        .containsExactly("b 2", "c 3");
    assertThat(malformed).isEmpty();
  }

  @Test
  void paragraphCutOffIsToldOf() {
    List<String> malformed = new ArrayList<>();

    assertThat(
            DpkgDatabase.packages(
                "Package: a\nStatus: install ok".getBytes(StandardCharsets.UTF_8), malformed::add))
        .isEmpty();
    assertThat(malformed).hasSize(1);
  }
}
