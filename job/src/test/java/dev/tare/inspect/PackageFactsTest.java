package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.facts.Fact;
import dev.tare.inspect.packages.dpkg.DpkgDatabase;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.rpm.RpmReader;
import dev.tare.inspect.system.OsRelease;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with lists made by dpkg-query and by reading apk's databases elsewhere. */
class PackageFactsTest {
  private static final List<String> SYSTEM = List.of("deb", "apk", "rpm");

  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({
    "rootfs/alpine-3.18.9-x86_64.tar.gz, apk",
    "rootfs/debian-bookworm-minbase-amd64.tar.xz, dpkg",
    "rootfs/distroless-static-layer-3ddae621.tar.gz, dpkg",
    "docker-save/alpine-3.10-4gzlayers-whiteout.tar, apk",
    "docker-save/alpine-3.15.0.tar.gz, apk",
    "docker-save/nginx-debian10-pkgdb-only.tar, dpkg",
    "rootfs/almalinux-9.3-micro-arm64.tar.xz, rpm",
    "rootfs/almalinux-8.8-micro-s390x.tar.xz, rpm",
    "oci/npm-lock-alpine3.19.tar, apk"
  })
  void packagesAreThoseOfTheDatabase(String image, String manager) throws IOException {
    RealImages images = new RealImages(scratch);
    ImageFacts facts = image.startsWith("rootfs") ? images.rootfs(image) : images.dockerSave(image);

    assertThat(facts.packages().managers()).containsExactly(manager);
    assertThat(
            facts.packages().items().stream()
                .filter(item -> SYSTEM.contains(item.type()))
                .map(item -> item.name() + " " + item.version() + " " + item.architecture()))
        .containsExactlyInAnyOrderElementsOf(listed(image));
    assertThat(facts.packages().count()).isEqualTo(listed(image).size());
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES);
  }

  private static List<String> listed(String image) throws IOException {
    List<String> packages = new ArrayList<>();
    for (String line :
        Files.readAllLines(
            TestImages.path("packages/" + image.replace('/', '_') + ".txt"),
            StandardCharsets.UTF_8)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] columns = line.split("\t", -1);
        String version = columns[1].startsWith("0:") ? columns[1].substring(2) : columns[1];
        String architecture = columns[2].equals("(none)") ? "null" : columns[2];
        packages.add(columns[0] + " " + version + " " + architecture);
      }
    }
    return packages;
  }

  /**
   * Read by rpm 4.18 elsewhere: a database in SQLite, and one in Berkeley DB of a big-endian
   * machine.
   */
  @Test
  void programsAreOwnedByTheirRpm() {
    ImageFacts facts = new RealImages(scratch).rootfs("rootfs/almalinux-9.3-micro-arm64.tar.xz");

    assertThat(facts.base().baseClass()).isEqualTo("micro");
    assertThat(facts.tools())
        .filteredOn(tool -> tool.name().equals("bash"))
        .extracting(ImageFacts.Tool::owner)
        .containsExactly("bash 5.1.8-6.el9_1");
    assertThat(facts.packages().items())
        .filteredOn(item -> item.name().equals("bash"))
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:rpm/almalinux/bash@5.1.8-6.el9_1?arch=aarch64&distro=almalinux-9.3");
  }

  /**
   * {@code curl} was diverted by the administrator, {@code sh} by dash for itself; the list of
   * {@code irb} names a place where programs are not looked for.
   */
  @Test
  void ownersAreThoseThatDpkgNames() throws Exception {
    Programs.assumeInstalled("dpkg-query");
    List<String> packages = List.of("curl", "dash", "irb");
    String status =
        packages.stream()
            .map(name ->
                "Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n\n"
                    .formatted(name))
            .collect(Collectors.joining());
    Map<String, String> database =
        Map.of(
            "status", status,
            "diversions",
                "/usr/bin/curl\n/usr/bin/curl.real\n:\n/usr/bin/sh\n/usr/bin/sh.distrib\ndash\n",
            "info/format", "1\n",
            "info/curl.list", "/.\n/usr\n/usr/bin\n/usr/bin/curl\n",
            "info/dash.list", "/.\n/usr\n/usr/bin\n/usr/bin/dash\n/usr/bin/sh\n",
            "info/irb.list", "/.\n/usr/share/irb\n/usr/share/irb/irb\n/usr/lib/gems/exe/irb\n");
    LayerTar layer = LayerTar.of();
    Files.createDirectories(scratch.resolve("info"));
    for (Map.Entry<String, String> file : database.entrySet()) {
      Files.writeString(scratch.resolve(file.getKey()), file.getValue());
      layer.file("var/lib/dpkg/" + file.getKey(), file.getValue());
    }
    for (String program :
        List.of(
            "usr/bin/bash",
            "usr/bin/curl",
            "usr/bin/dash",
            "usr/lib/gems/exe/irb",
            "usr/local/lib/wget",
            "usr/share/irb/irb")) {
      layer.executable(program, "#!/bin/sh\n");
    }
    // What curl has at its path was moved away, and is a tool by that name no more.
    layer.symlink("usr/bin/wget", "curl.real").executable("usr/bin/curl.real", "#!/bin/sh\n");
    layer.symlink("usr/bin/sh", "dash");

    ImageFacts facts = inspected(layer);

    Map<String, String> owners = filesByDpkg(packages);
    assertThat(facts.tools())
        .filteredOn(tool -> tool.owned() != null)
        .hasSize(7)
        .allSatisfy(
            tool -> assertThat(tool.owner()).as(tool.path()).isEqualTo(owners.get(tool.target())));
    assertThat(facts.tools())
        .extracting(tool -> tool.path() + " " + tool.owned())
        .containsExactly(
            "/usr/bin/bash false",
            "/usr/bin/curl false",
            "/usr/bin/dash true",
            "/usr/bin/sh true",
            "/usr/bin/wget true",
            "/usr/lib/gems/exe/irb true",
            "/usr/local/lib/wget false",
            "/usr/share/irb/irb null");
  }

  /** As in images whose lists were deleted, and those that Bazel makes. */
  @ParameterizedTest
  @CsvSource({
    "'', info/curl:amd64, /usr/bin/bash false, /usr/bin/curl true",
    "info/dash.list, info/curl:amd64, /usr/bin/bash false, /usr/bin/curl true",
    "info/dash.list, other/curl, /usr/bin/bash null, /usr/bin/curl null",
    "info/curl.list, other/curl, /usr/bin/bash null, /usr/bin/curl true",
  })
  void ownersAreThoseOfTheSumsWhereThereIsNoList(
      String list, String sums, String bash, String curl) {
    LayerTar layer =
        LayerTar.of()
            .file(
                "var/lib/dpkg/status",
                paragraph("curl") + (list.isEmpty() ? "" : paragraph("dash")))
            .file("var/lib/dpkg/" + sums + ".md5sums", SUMS)
            .executable("usr/bin/bash", "#!/bin/sh\n")
            .executable("usr/bin/curl", "#!/bin/sh\n");
    if (!list.isEmpty()) {
      layer.file("var/lib/dpkg/" + list, list.contains("curl") ? "/.\n/usr/bin/curl\n" : "/.\n");
    }

    assertThat(inspected(layer).tools())
        .extracting(tool -> tool.path() + " " + tool.owned())
        .containsExactly(bash, curl);
  }

  @Test
  void ownersInAnImageOfBazelAreThoseOfTheSumsBesideEachPackage() {
    LayerTar layer =
        LayerTar.of()
            .file("var/lib/dpkg/status.d/web", "Package: curl\nVersion: 1\nArchitecture: amd64\n")
            .file("var/lib/dpkg/status.d/web.md5sums", SUMS)
            .executable("usr/bin/bash", "#!/bin/sh\n")
            .executable("usr/bin/curl", "#!/bin/sh\n");

    ImageFacts facts = inspected(layer);

    assertThat(facts.packages().count()).isEqualTo(1);
    assertThat(facts.tools())
        .extracting(tool -> tool.path() + " " + tool.owner() + " " + tool.owned())
        .containsExactly("/usr/bin/bash null false", "/usr/bin/curl curl 1 true");
  }

  private static final String SUMS =
      """
      d41d8cd98f00b204e9800998ecf8427e  usr/bin/curl
      d41d8cd98f00b204e9800998ecf8427e  usr/share/doc/curl/copyright
      """;

  private static String paragraph(String name) {
    return "Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\n"
        .formatted(name);
  }

  private static ImageFacts inspected(LayerTar layer) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        List.of(new RealImages.Blob(layer.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP)),
        RealImages.NO_LINEAGE);
  }

  /**
   * By path what {@code dpkg-query -L} says of a package of the database in the scratch directory.
   */
  private Map<String, String> filesByDpkg(List<String> packages) throws Exception {
    Map<String, String> owners = new HashMap<>();
    for (String name : packages) {
      Process process =
          new ProcessBuilder("dpkg-query", "--admindir=" + scratch, "-L", name)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      String last = "";
      for (String line : output.lines().toList()) {
        if (line.startsWith("/")) {
          last = line;
        } else if (line.contains("diverted to: ")) {
          owners.remove(last);
          last = line.substring(line.indexOf(": ") + 2);
        }
        owners.put(last, name + " 1");
      }
    }
    return owners;
  }

  /** The first as in Red Hat's advisories, the second in the specification; syft gives the same. */
  @ParameterizedTest
  @CsvSource({
    "rhel, 9.4, pkg:rpm/redhat/curl@7.76.1-29.el9?arch=x86_64&distro=rhel-9.4",
    "opensuse-leap, 15.6, pkg:rpm/opensuse/curl@7.76.1-29.el9?arch=x86_64&distro=opensuse-leap-15.6",
    "fedora, 42, pkg:rpm/fedora/curl@7.76.1-29.el9?arch=x86_64&distro=fedora-42"
  })
  void packageUrlNamesTheVendor(String id, String version, String purl) throws Exception {
    PackageRecord curl = new PackageRecord("rpm", "curl", "7.76.1-29.el9", "x86_64", null, null);
    OsRelease os = new OsRelease(id, version, null, null, "etc/os-release");

    assertThat(new RpmReader().url(curl, os).canonicalize()).isEqualTo(purl);
  }

  @Test
  void packageRemovedAndInstalledAgainCameWithTheLaterLayer() {
    ImageFacts facts =
        RealImages.inspect(
            RealImages.config(List.of(), List.of(), null),
            List.of(status("base", "wget"), status("base"), status("base", "curl", "wget")),
            RealImages.NO_LINEAGE);

    assertThat(facts.packages().items())
        .extracting(item -> item.name() + " " + item.layer())
        .containsExactly("base 0", "curl 2", "wget 2");
  }

  private static RealImages.Blob status(String... packages) {
    String status =
        Arrays.stream(packages)
            .map(
                "Package: %s\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n"
                    ::formatted)
            .collect(Collectors.joining());
    return new RealImages.Blob(
        LayerTar.of().file("var/lib/dpkg/status", status).gzip().bytes(),
        MediaTypes.OCI_LAYER_GZIP);
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
                "deb",
                DpkgDatabase.reduceStatus(status.getBytes(StandardCharsets.UTF_8)),
                malformed::add))
        .extracting(item -> item.name() + " " + item.version())
        .containsExactly("b 2", "c 3");
    assertThat(malformed).isEmpty();
  }

  @Test
  void paragraphCutOffIsToldOf() {
    List<String> malformed = new ArrayList<>();

    assertThat(
            DpkgDatabase.packages(
                "deb",
                "Package: a\nStatus: install ok".getBytes(StandardCharsets.UTF_8),
                malformed::add))
        .isEmpty();
    assertThat(malformed).hasSize(1);
  }
}
