package dev.tare.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Fact;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.PackageReaders;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerLimits;
import dev.tare.layer.LayerReaders;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import dev.tare.oci.MediaTypes;
import dev.tare.oci.Platform;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A package manager that is added to the list of them, and to nothing else. */
class AddedPackageReaderTest {
  /**
   * A manager much like OpenWrt's: {@code PACKAGE VERSION} a line, its programs in the lines below,
   * each after a blank.
   */
  private record Mpkg(int version) implements PackageReader {
    private static final String STATUS = "usr/lib/mpkg/status";

    @Override
    public String name() {
      return "mpkg";
    }

    @Override
    public @Nullable Extraction wants(LayerFile file) {
      return file.path().equals(STATUS) ? Kept.text(1, Mpkg::reduce) : null;
    }

    private static byte[] reduce(byte[] content) {
      PackageText text = new PackageText();
      for (String line : TextLines.of(content).toList()) {
        String[] words = line.split(" ", -1);
        if (line.startsWith(" ")) {
          text.addFile(line.strip());
        } else if (words.length == 2) {
          text.add(new PackageRecord("mpkg", words[0], words[1], "mips", null, null));
        } else {
          text.addFailure("no package and version: " + line);
        }
      }
      return text.toBytes();
    }

    @Override
    public List<String> databases() {
      return List.of(STATUS);
    }

    @Override
    public PackageURL url(PackageRecord item, @Nullable OsRelease os)
        throws MalformedPackageURLException {
      return PackageUrls.ofSystem(item, os);
    }
  }

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1, 1};

  private static final LayerTar SYSTEM =
      LayerTar.of()
          .file("etc/os-release", "ID=openwrt\nVERSION_ID=23.05\n")
          .file("usr/lib/mpkg/status", "base-files 1.0\n usr/bin/curl\ngibberish\n")
          .file("usr/bin/curl", ELF, 0755)
          .file("usr/bin/wget", ELF, 0755);

  private static final LayerTar UPDATE =
      LayerTar.of().file("usr/lib/mpkg/status", "base-files 1.0\n usr/bin/curl\nnano 7.2\n");

  private static final LayerTar OTHER = LayerTar.of().file("srv/readme", "hello");

  private static List<PackageReader> with(int version) {
    return Stream.concat(PackageReaders.ALL.stream(), Stream.of(new Mpkg(version))).toList();
  }

  private static LayerFacts read(LayerTar layer, List<PackageReader> readers, LayerLimits limits) {
    LayerTar.Blob blob = layer.gzip();
    return new LayerScanner(new KeptContent(readers), limits)
        .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
  }

  private static ImageFacts inspect(List<PackageReader> readers, LayerTar... layers) {
    List<LayerFacts> facts =
        Arrays.stream(layers).map(layer -> read(layer, readers, LayerLimits.DEFAULTS)).toList();
    Manifest manifest =
        new Manifest(
            MediaTypes.OCI_MANIFEST,
            new Descriptor(MediaTypes.OCI_CONFIG, Digest.sha256(new byte[0]), 0),
            Arrays.stream(layers).map(layer -> layer.gzip().descriptor()).toList(),
            null,
            null,
            Map.of());
    ImageSubject subject =
        new ImageSubject(
            "localhost:5000",
            "team/router",
            List.of("1.0"),
            Digest.sha256("manifest".getBytes(StandardCharsets.UTF_8)),
            null,
            MediaTypes.OCI_MANIFEST,
            new Platform("linux", "mips", null),
            manifest,
            RealImages.config(List.of("PATH=/usr/bin"), List.of(), null));
    return new ImageInspector(
            ToolCatalog.shipped(), LeftoverCatalog.shipped(), InspectionLimits.DEFAULT, readers)
        .inspect(
            subject,
            facts,
            RealImages.NO_LINEAGE,
            new InspectionContext(RealImages.NOW, "prod", null));
  }

  @Test
  void itsPackagesAreThoseOfTheImage() {
    ImageFacts facts = inspect(with(1), SYSTEM, UPDATE);
    assertThat(facts.packages().managers()).containsExactly("mpkg");
    assertThat(facts.packages().count()).isEqualTo(2);
    assertThat(facts.packages().items())
        .extracting(item -> item.name() + " of layer " + item.layer() + ": " + item.purl())
        .containsExactly(
            "base-files of layer 0: pkg:mpkg/openwrt/base-files@1.0?arch=mips&distro=openwrt-23.05",
            "nano of layer 1: pkg:mpkg/openwrt/nano@7.2?arch=mips&distro=openwrt-23.05");
    assertThat(inspect(PackageReaders.ALL, SYSTEM, UPDATE).packages().items()).isEmpty();
  }

  @Test
  void itsListsTellWhoOwnsPrograms() {
    assertThat(inspect(with(1), SYSTEM).tools())
        .extracting(tool -> tool.name() + " of " + tool.owner())
        .contains("curl of base-files 1.0", "wget of null");
  }

  @Test
  void whatItCannotReadIsGapOfThePackages() {
    assertThat(inspect(with(1), SYSTEM).gaps())
        .contains(
            new ImageFacts.Gap(
                Fact.PACKAGES, "/usr/lib/mpkg/status", 0, "no package and version: gibberish"));
    assertThat(new KeptContent(with(1)).factOf("usr/lib/mpkg/status")).isEqualTo(Fact.PACKAGES);
    assertThat(new KeptContent().factOf("usr/lib/mpkg/status"))
        .as("nobody wants a file of this name that is no program")
        .isNotEqualTo(Fact.PACKAGES);
  }

  @Test
  void onlyLayersThatListItsFilesAreReadAgain() {
    LayerFacts system = read(SYSTEM, PackageReaders.ALL, LayerLimits.DEFAULTS);
    LayerFacts other = read(OTHER, PackageReaders.ALL, LayerLimits.DEFAULTS);
    assertThat(changed(system, with(1))).containsExactly("mpkg");
    assertThat(changed(other, with(1))).isEmpty();

    LayerFacts again = read(SYSTEM, with(1), LayerLimits.DEFAULTS);
    assertThat(changed(again, with(1))).isEmpty();
    assertThat(changed(again, with(2))).as("a fix").containsExactly("mpkg");
    assertThat(changed(again, PackageReaders.ALL)).as("gone").containsExactly("mpkg");
    assertThat(LayerReaders.all(new KeptContent(with(1))).fingerprint())
        .isNotEqualTo(LayerReaders.all(new KeptContent(with(2))).fingerprint());
  }

  private static Iterable<String> changed(LayerFacts stored, List<PackageReader> readers) {
    return stored.readers().differing(LayerReaders.of(new KeptContent(readers), stored.index()));
  }

  @Test
  void newVersionOfTheReaderOfGoReadsProgramsAgain() {
    LayerFacts facts = read(SYSTEM, PackageReaders.ALL, LayerLimits.DEFAULTS);
    assertThat(facts.readers().versions()).containsKeys("go", "programs", "os-release");
    assertThat(read(OTHER, PackageReaders.ALL, LayerLimits.DEFAULTS).readers().versions())
        .containsOnlyKeys("layers");
  }

  @Test
  void twoOfOneNameAreRefused() {
    List<PackageReader> twice = List.of(new Mpkg(1), new Mpkg(2));
    assertThatThrownBy(() -> new KeptContent(twice)).hasMessageContaining("mpkg");
  }
}
