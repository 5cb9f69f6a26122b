package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerScanner;
import dev.tare.testing.LayerTar;
import dev.tare.testing.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers over another base than the one that they were built on. */
class OwnLayersTest {
  private static final String STATUS = "var/lib/dpkg/status";
  private static final byte[] ELF = "\u007fELF program".getBytes(StandardCharsets.UTF_8);

  private final KeptContent content = new KeptContent();

  @Test
  void packagesAreThoseOfTheBaseAndWhatOwnLayersInstalled() {
    MovedLayers moved =
        over(
            LayerTar.of().file(STATUS, dpkg("libc6 1", "tzdata 1", "vim 1", "dash 1")),
            LayerTar.of().file(STATUS, dpkg("libc6 2", "tzdata 1", "dash 2", "curl 8", "ssl 3")),
            LayerTar.of().file(STATUS, dpkg("libc6 5", "tzdata 9", "vim 9", "dash 1", "ssl 4")));

    // vim was removed, dash updated from the same version; libc6 and ssl are newer there.
    assertThat(text(moved, STATUS))
        .isEqualTo(dpkg("libc6 5", "tzdata 9", "dash 2", "ssl 4", "curl 8"));
    assertThat(moved.managers()).containsExactly("dpkg");
    assertThat(moved.missingManagers()).isEmpty();
    assertThat(moved.added()).containsExactly("curl 8", "dash 2");
    assertThat(moved.removed()).containsExactly("vim 1");
    assertThat(moved.inQuestion()).containsExactly("libc6 2", "ssl 3");
  }

  @Test
  void packagesOfApkKeepTheirPrograms() {
    String db = "lib/apk/db/installed";
    String curl = "P:curl\nV:8\nF:usr/bin\nR:curl\n\n";
    MovedLayers moved =
        over(
            LayerTar.of().file(db, "P:musl\nV:1\n\n"),
            LayerTar.of().file(db, "P:musl\nV:1\n\n" + curl),
            LayerTar.of().file(db, "P:musl\nV:2\n\n"));

    assertThat(text(moved, db)).isEqualTo("P:musl\nV:2\n\n" + curl);
  }

  /** SQLite, of which one layer has the whole; real, with versions of the same length in it. */
  @Test
  void packagesOfRpmAreMergedLikeOthers(@TempDir Path scratch) throws IOException {
    String path = "var/lib/rpm/rpmdb.sqlite";
    RealImages.run(
        "tar",
        "-xJf",
        TestImages.path("rootfs/almalinux-9.3-micro-arm64.tar.xz").toString(),
        "-C",
        scratch.toString(),
        path);
    byte[] database = Files.readAllBytes(scratch.resolve(path));
    byte[] own = replaced(database, "bash\0" + "5.1.8", "bash\0" + "5.1.9");
    byte[] other = replaced(database, "glibc\0" + "2.34", "glibc\0" + "2.39");

    MovedLayers moved =
        over(
            LayerTar.of().file(path, database),
            LayerTar.of().file(path, own),
            LayerTar.of().file(path, other));

    assertThat(moved.managers()).containsExactly("rpm");
    assertThat(moved.missingManagers()).isEmpty();
    assertThat(moved.added()).hasSize(1).first().asString().startsWith("bash 5.1.9-");
    assertThat(moved.removed()).isEmpty();
    assertThat(moved.inQuestion()).isEmpty();
    LayerTar same = LayerTar.of().file(path, database);
    assertThat(rpm(content(moved, path)))
        .hasSameSizeAs(rpm(content(over(same, same, same), path)))
        .extracting(item -> item.name() + " " + item.version().split("-", 2)[0])
        .contains("bash 5.1.9", "glibc 2.39")
        .doesNotContain("bash 5.1.8", "glibc 2.34");
    LayerTar debian = LayerTar.of().file(STATUS, dpkg("libc6 1"));
    assertThat(over(same, LayerTar.of().file(path, own), debian).missingManagers())
        .containsExactly("rpm");
  }

  @Test
  void environmentThatOwnLayersBringWholeIsTheirsOnAnyBase() {
    String numpy = "opt/conda/conda-meta/numpy-1.26-0.json";
    LayerTar own = LayerTar.of().file(numpy, "{\"name\": \"numpy\", \"version\": \"1.26\"}");
    LayerTar debian = LayerTar.of().file(STATUS, dpkg("libc6 1"));
    LayerTar conda =
        LayerTar.of()
            .file(
                "opt/conda/conda-meta/python-3.12-0.json",
                "{\"name\": \"python\", \"version\": \"3.12\"}");

    assertThat(over(debian, own, debian).managers()).isEmpty();
    assertThat(over(debian, own, debian).missingManagers()).isEmpty();
    assertThat(over(conda, own, debian).missingManagers())
        .as("what was installed into the environment of the base is nothing without it")
        .containsExactly("conda");
  }

  private static List<PackageRecord> rpm(byte[] kept) {
    return PackageText.packages(kept, (item, file) -> {}, failure -> {});
  }

  private static byte[] replaced(byte[] content, String what, String by) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(what);
    return text.replace(what, by).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void accountsThatTheBaseHasOtherwiseAreNamed() {
    MovedLayers moved =
        over(
            LayerTar.of().file("etc/passwd", "www:x:33:33::/:/bin/sh\nroot2:x:33:0::/:/bin/sh\n"),
            LayerTar.of()
                .file(
                    "etc/passwd",
                    "www:x:1000:33::/:/bin/sh\nroot2:x:33:0::/:/bin/sh\napp:x:9:9::/:/bin/sh\n"),
            LayerTar.of().file("etc/passwd", "www:x:80:80::/:/bin/ash\nnew:x:9:9::/:/bin/ash\n"));

    assertThat(moved.accountsInQuestion()).containsExactly("www");
    assertThat(moved.sharedIds()).containsExactly("app 9 new");
  }

  @Test
  void userIdThatAHigherLayerChangesIsNoLongerShared() {
    MovedLayers moved =
        over(
            LayerTar.of().file("etc/passwd", "root:x:0:0::/:/bin/sh\n"),
            List.of(
                LayerTar.of().file("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:9:9::/:/bin/sh\n"),
                LayerTar.of().file("etc/passwd", "root:x:0:0::/:/bin/sh\napp:x:8:8::/:/bin/sh\n")),
            LayerTar.of().file("etc/passwd", "root:x:0:0::/:/bin/sh\nnew:x:9:9::/:/bin/sh\n"));

    assertThat(moved.sharedIds()).isEmpty();
  }

  @Test
  void databaseThatNoStepChangedIsTheOneOfTheBase() {
    MovedLayers moved =
        over(
            LayerTar.of().file(STATUS, dpkg("libc6 1")),
            LayerTar.of().file(STATUS, dpkg("libc6 1")),
            LayerTar.of().file(STATUS, dpkg("libc6 5")));

    assertThat(moved.managers()).isEmpty();
    assertThat(text(moved, STATUS)).isEqualTo(dpkg("libc6 5"));
  }

  @Test
  void managerThatTheBaseLacksIsNamed() {
    MovedLayers moved =
        over(
            LayerTar.of().file(STATUS, dpkg("libc6 1")),
            LayerTar.of().file(STATUS, dpkg("libc6 1", "curl 8")),
            LayerTar.of().file("lib/apk/db/installed", "P:musl\nV:2\n\n"));

    assertThat(moved.missingManagers()).containsExactly("dpkg");
  }

  @Test
  void accountsAreThoseOfTheBaseAndWhatOwnLayersAdd() {
    MovedLayers moved =
        over(
            LayerTar.of().file("etc/passwd", "root:x:0:0::/root:/bin/sh\ngames:x:5:5::/:/bin/sh\n"),
            LayerTar.of().file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:9:9::/:/bin/sh\n"),
            LayerTar.of()
                .file("etc/passwd", "root:x:0:0::/root:/bin/ash\nnew:x:7:7::/:/bin/ash\n"));

    assertThat(text(moved, "etc/passwd"))
        .isEqualTo("root:x:0:0::/root:/bin/ash\nnew:x:7:7::/:/bin/ash\napp:x:9:9::/:/bin/sh\n");
  }

  @Test
  void systemIsThatOfTheBaseThoughOwnLayersUpdatedTheFile() {
    MovedLayers moved =
        over(
            LayerTar.of().file("etc/os-release", "ID=alpine\nVERSION_ID=3.18.1\n"),
            LayerTar.of().file("etc/os-release", "ID=alpine\nVERSION_ID=3.18.4\n"),
            LayerTar.of().file("etc/os-release", "ID=alpine\nVERSION_ID=3.20.2\n"));

    assertThat(text(moved, "etc/os-release")).contains("3.20.2");
  }

  @Test
  void whatOwnLayersHideOfEitherBaseIsCounted() {
    MovedLayers moved =
        over(
            LayerTar.of()
                .file("etc/a", "1")
                .file("etc/b", "1")
                .file("etc/c", "1")
                .file("etc/d", "1"),
            LayerTar.of().whiteout("etc/a").whiteout("etc/b").file("etc/c", "2").file("new", "3"),
            LayerTar.of().file("etc/b", "9").file("etc/c", "9").file("new", "9"));

    assertThat(moved.deleted()).isEqualTo(new MovedLayers.Paths(2, List.of("etc/a", "etc/b")));
    assertThat(moved.deletedThere()).isEqualTo(new MovedLayers.Paths(1, List.of("etc/b")));
    assertThat(moved.replaced()).isEqualTo(new MovedLayers.Paths(1, List.of("etc/c")));
  }

  @Test
  void librariesRuntimesAndInterpretersThatTheBaseLacksAreNamed() {
    MovedLayers moved =
        over(
            LayerTar.of()
                .executable("lib64/ld-linux-x86-64.so.2", ELF)
                .executable("usr/bin/python3.11", ELF)
                .executable("usr/bin/env", ELF)
                .symlink("usr/bin/python3", "python3.11")
                .executable("bin/bash", ELF),
            LayerTar.of()
                .executable("app/server", ELF)
                .executable("app/static", ElfFiles.standalone())
                .executable("app/start", "#!/bin/bash\n")
                .executable("app/run", "#!/usr/bin/env -S python3 -u\n")
                .executable("app/other", "#!/never/there\n")
                .file("usr/local/lib/python3.11/site-packages/x/y.py", "z"),
            LayerTar.of()
                .executable("lib/ld-musl-x86_64.so.1", ELF)
                .executable("usr/bin/python3.12", ELF)
                .symlink("usr/bin/python3", "python3.12"));

    assertThat(moved.programs()).isEqualTo(1);
    assertThat(moved.lostLibraries()).containsExactly("glibc");
    assertThat(moved.lostRuntimes()).isEqualTo(Map.of("Python", Set.of("3.11")));
    assertThat(moved.otherRuntimes()).isEqualTo(Map.of("Python", Set.of("3.12")));
    assertThat(moved.lostInterpreters()).isEqualTo(Map.of("/bin/bash", List.of("/app/start")));
  }

  @Test
  void librariesThatOwnProgramsNeedAndThatAreNotThereAreNamed() {
    byte[] server =
        ElfFiles.linked(
            "/lib64/ld-linux-x86-64.so.2",
            "libpq.so.5",
            "libz.so.1",
            "libown.so",
            "libc.so.6",
            "libnever.so");
    MovedLayers moved =
        over(
            LayerTar.of()
                .file("usr/lib/x86_64-linux-gnu/libpq.so.5.15", "x")
                .symlink("usr/lib/x86_64-linux-gnu/libpq.so.5", "libpq.so.5.15")
                .file("usr/lib/x86_64-linux-gnu/libc.so.6", "x")
                .file("lib/x86_64-linux-gnu/libz.so.1", "x"),
            LayerTar.of().executable("app/server", server).file("app/libown.so", "x"),
            LayerTar.of().file("usr/lib64/libz.so.1", "x"));

    assertThat(moved.lostNeeds())
        .as("what neither base has is somewhere else, the loader tells of libc")
        .isEqualTo(Map.of("libpq.so.5", List.of("/app/server")));
  }

  private MovedLayers over(LayerTar base, LayerTar own, LayerTar other) {
    return over(base, List.of(own), other);
  }

  private MovedLayers over(LayerTar base, List<LayerTar> own, LayerTar other) {
    return new OwnLayers(content)
        .over(
            List.of(scanned(base)),
            own.stream().map(this::scanned).toList(),
            List.of(scanned(other)));
  }

  /** What a container of the moved layers would open. */
  private String text(MovedLayers moved, String path) {
    return new String(content(moved, path), StandardCharsets.UTF_8);
  }

  private byte[] content(MovedLayers moved, String path) {
    MergedFilesystem filesystem =
        new MergedFilesystem(moved.layers().stream().map(LayerFacts::index).toList());
    KeptFiles kept = new KeptFiles(moved.layers(), content, content.names(filesystem));
    filesystem.walk(kept);
    kept.finish();
    return Objects.requireNonNull(kept.visibleAt(path)).content();
  }

  private LayerFacts scanned(LayerTar tar) {
    LayerTar.Blob blob = tar.gzip();
    return new LayerScanner(content, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
  }

  private static String dpkg(String... packages) {
    StringBuilder status = new StringBuilder();
    for (String item : packages) {
      String[] words = item.split(" ", -1);
      status
          .append("Package: ")
          .append(words[0])
          .append("\nStatus: install ok installed\nArchitecture: amd64\nVersion: ")
          .append(words[1])
          .append("\n\n");
    }
    return status.toString();
  }
}
