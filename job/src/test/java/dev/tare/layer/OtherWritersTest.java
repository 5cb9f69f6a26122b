package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One tree as programs other than GNU tar write it: libarchive, Go's archive/tar (Docker, BuildKit,
 * buildah, kaniko and apko write with that), Python's tarfile and jib. Each is what {@code tar -tv}
 * lists; and what {@code bsdtar -t} lists, where that is installed.
 */
class OtherWritersTest {
  private static final String LONG = "component-of-twenty-".repeat(5) + "/" + "x".repeat(150);
  private static final byte[] MAP = "piece".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path temporary;
  private Path tree = Path.of("");

  /** Files, links of both kinds, a device and a pipe, a hole, names that are long or not ASCII. */
  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(temporary.resolve("tree"));
    Files.createDirectories(tree.resolve("usr/bin"));
    Files.writeString(tree.resolve("usr/bin/su"), "#!/bin/sh\n");
    Programs.run("chmod", "4755", tree.resolve("usr/bin/su").toString());
    Files.createLink(tree.resolve("usr/bin/sudo"), tree.resolve("usr/bin/su"));
    Files.createSymbolicLink(tree.resolve("bin"), Path.of("usr/bin"));
    Files.writeString(tree.resolve("größe"), "x");
    Files.writeString(tree.resolve("with space\tand\\backslash"), "x");
    Files.writeString(tree.resolve(".wh.gone"), "");
    Files.createDirectory(tree.resolve("tmp"));
    Programs.run("chmod", "1777", tree.resolve("tmp").toString());
    Programs.run("mkfifo", tree.resolve("pipe").toString());
  }

  private void plantWhatOldFormatsCannotHold() throws IOException {
    Files.createDirectories(tree.resolve(LONG).getParent());
    Files.writeString(tree.resolve(LONG), "content");
    Files.createSymbolicLink(tree.resolve("far"), Path.of(LONG));
    if (isRoot()) {
      Programs.run("mknod", tree.resolve("null").toString(), "c", "1", "3");
    }
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
      file.seek(1 << 20);
      file.write(MAP);
      file.setLength(3 << 20);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pax", "gnutar", "ustar", "v7"})
  void treeThatLibarchiveWrote(String format) throws IOException {
    Programs.assumeInstalled("bsdtar");
    boolean anything = format.equals("pax") || format.equals("gnutar");
    if (anything) {
      plantWhatOldFormatsCannotHold();
    }
    if (format.equals("v7")) {
      Files.delete(tree.resolve("pipe"));
    }
    Path tar = temporary.resolve("layer.tar");
    Programs.run("bsdtar", "--format=" + format, "-cf", tar.toString(), "-C", tree.toString(), ".");
    LayerFacts facts = compare(tar);
    if (anything) {
      LayerEntry sparse = at(entries(facts), "sparse");
      assertThat(sparse.sizeBytes()).isEqualTo(3 << 20);
      byte[] content = Objects.requireNonNull(facts.kept().get("sparse"));
      assertThat(content).hasSize(3 << 20).containsSubsequence(MAP);
      assertThat(at(entries(facts), "far").linkTarget()).isEqualTo(LONG);
    }
  }

  @Test
  void capabilityThatLibarchiveWrote() throws IOException {
    Programs.assumeInstalled("bsdtar");
    Programs.assumeInstalled("setcap");
    Files.writeString(tree.resolve("ping"), "#!/bin/sh\n");
    Programs.skipUnless(isRoot(), "only root sets file capabilities");
    Programs.run("setcap", "cap_net_raw+ep", tree.resolve("ping").toString());
    Path tar = temporary.resolve("layer.tar");
    Programs.run("bsdtar", "--xattrs", "-cf", tar.toString(), "-C", tree.toString(), ".");
    assertThat(at(entries(compare(tar)), "ping").capabilities()).isEqualTo("cap_net_raw");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAX_FORMAT", "GNU_FORMAT", "USTAR_FORMAT"})
  void treeThatPythonWrote(String format) throws IOException {
    if (!format.startsWith("USTAR")) {
      plantWhatOldFormatsCannotHold();
    }
    Path tar = temporary.resolve("layer.tar");
    Programs.run(
        "python3",
        "-c",
        """
        import sys, tarfile
        with tarfile.open(sys.argv[1], 'w', format=getattr(tarfile, sys.argv[3])) as t:
          t.add(sys.argv[2], arcname='.')
        """,
        tar.toString(),
        tree.toString(),
        format);
    compare(tar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"go-pax.tar.gz", "go-gnu.tar.gz", "go-ustar.tar.gz"})
  void treeThatGoWrote(String name) throws IOException {
    Path tar = temporary.resolve("layer.tar");
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(OtherWritersTest.class.getResourceAsStream(name), name))) {
      Files.copy(in, tar);
    }
    LayerFacts facts = compare(tar);
    Map<String, LayerEntry> entries = entries(facts);
    assertThat(at(entries, "usr/bin/tool2").linkTarget()).isEqualTo("usr/bin/tool");
    if (name.contains("pax")) {
      assertThat(at(entries, "usr/bin/ping").capabilities()).isEqualTo("cap_net_raw");
    }
  }

  @Test
  void layerThatJibWrote() throws Exception {
    Path archive = temporary.resolve("jib.tar");
    Jib.fromScratch()
        .addLayer(
            List.of(tree.resolve("usr"), tree.resolve("größe")), AbsoluteUnixPath.get("/srv/app"))
        .containerize(
            Containerizer.to(TarImage.at(archive).named("team/app:1"))
                .setBaseImageLayersCache(temporary.resolve("base"))
                .setApplicationLayersCache(temporary.resolve("cache"))
                .setOfflineMode(true));
    Path unpacked = Files.createDirectory(temporary.resolve("unpacked"));
    Programs.run("tar", "-xf", archive.toString(), "-C", unpacked.toString());
    int layers = 0;
    try (var files = Files.newDirectoryStream(unpacked, "*.tar.gz")) {
      for (Path layer : files) {
        Path tar = temporary.resolve("layer.tar");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(layer))) {
          Files.copy(in, tar);
        }
        assertThat(entries(compare(tar))).containsKeys("srv/app/usr/bin/su", "srv/app/größe");
        layers++;
      }
    }
    assertThat(layers).isEqualTo(1);
  }

  private static LayerFacts compare(Path tar) throws IOException {
    byte[] bytes = Files.readAllBytes(tar);
    ContentInterest sparse = (path, size, mode) -> path.equals("sparse") ? whole() : null;
    LayerFacts facts =
        new LayerScanner(sparse, LayerLimits.DEFAULTS)
            .scan(new ByteArrayInputStream(bytes), LayerTar.blob(bytes, "", bytes).descriptor());
    assertThat(facts.gaps()).isEmpty();
    assertThat(TarListing.of(facts)).isEqualTo(TarListing.byTar(tar)).hasSizeGreaterThan(3);
    if (Programs.isInstalled("bsdtar")) {
      long listed = Programs.run("bsdtar", "-tf", tar.toString()).lines().count();
      assertThat(facts.index().size()).isEqualTo((int) listed);
    }
    return facts;
  }

  private static ContentInterest.Extraction whole() {
    return new ContentInterest.Extraction() {
      @Override
      public int maximumBytes() {
        return 4 << 20;
      }

      @Override
      public byte[] reduce(byte[] content) {
        return content;
      }
    };
  }

  private static Map<String, LayerEntry> entries(LayerFacts facts) {
    Map<String, LayerEntry> entries = new HashMap<>();
    facts.index().forEach(entry -> entries.put(entry.path(), entry));
    return entries;
  }

  private static LayerEntry at(Map<String, LayerEntry> entries, String path) {
    return Objects.requireNonNull(entries.get(path), path);
  }
}
