package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tare.inspect.KeptContent;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.layer.partial.FetchCosts;
import dev.tare.oci.Digest;
import dev.tare.testing.EstargzLayer;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import dev.tare.testing.ZstdChunkedLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real root file systems as eStargz and as zstd:chunked, read in parts and whole: what facts need
 * is the same. That the formats are those of other programs, {@link PartialScannerTest} sees by
 * layers that those wrote; that a whole reading is right, {@link RealLayersTest} by GNU tar.
 */
class RealPartialLayersTest {
  private static final FetchCosts COSTS = new FetchCosts(1, 4 << 10, 16 << 10);
  private static final ContentMemory MEMORY = new ContentMemory(256 << 20);

  @TempDir Path scratch;

  @ParameterizedTest
  @CsvSource({
    "rootfs/debian-bookworm-minbase-amd64.tar.xz, estargz",
    "rootfs/debian-bookworm-minbase-amd64.tar.xz, zstd:chunked",
    "rootfs/alpine-3.18.9-x86_64.tar.gz, estargz",
    "rootfs/alpine-3.18.9-x86_64.tar.gz, zstd:chunked",
  })
  void realLayerInPartsIsThatLayerWhole(String name, String format) throws IOException {
    byte[] tar = tar(name);
    LayerTar.Blob blob = format.equals("estargz") ? EstargzLayer.of(tar) : ZstdChunkedLayer.of(tar);
    requireReadableByOthers(blob);
    AtomicLong served = new AtomicLong();
    LayerFacts parts =
        new PartialScanner(new KeptContent(), LayerLimits.DEFAULTS, MEMORY, COSTS)
            .scan(counted(blob.bytes(), served), blob.descriptor())
            .orElseThrow();
    LayerFacts whole =
        new LayerScanner(new KeptContent(), LayerLimits.DEFAULTS)
            .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
    assertThat(whole.diffId()).isEqualTo(blob.diffId());
    assertThat(PartialScannerTest.entries(parts).equals(PartialScannerTest.entries(whole)))
        .as("same entries")
        .isTrue();
    assertThat(PartialScannerTest.kept(parts))
        .isEqualTo(PartialScannerTest.kept(whole))
        .isNotEmpty();
    assertThat(parts.uncompressedBytes()).isEqualTo(whole.uncompressedBytes());
    List<LayerGap> gaps = new ArrayList<>(whole.gaps());
    gaps.add(parts.gaps().getLast());
    assertThat(parts.gaps()).isEqualTo(gaps);
    assertThat(served.get()).isEqualTo(parts.fetchedBytes()).isLessThan(blob.bytes().length / 2);
  }

  /** The JDK's gzip and libzstd read the blob as one stream. */
  private static void requireReadableByOthers(LayerTar.Blob blob) throws IOException {
    try (InputStream in =
        blob.bytes()[0] == 0x1f
            ? new GZIPInputStream(new ByteArrayInputStream(blob.bytes()))
            : new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(blob.bytes()))) {
      assertThat(Digest.sha256(in.readAllBytes())).isEqualTo(blob.diffId());
    }
  }

  private byte[] tar(String name) throws IOException {
    Path tar = scratch.resolve("layer.tar");
    String unpack = name.endsWith(".xz") ? "xz -dc" : "gzip -dc";
    Programs.run("sh", "-c", unpack + " '" + TestImages.path(name) + "' > '" + tar + "'");
    return Files.readAllBytes(tar);
  }

  private static BlobRanges counted(byte[] blob, AtomicLong served) {
    return (offset, length) ->
        Optional.of(
            new ByteArrayInputStream(blob, (int) offset, (int) length) {
              @Override
              public synchronized int read(byte[] target, int from, int count) {
                int read = super.read(target, from, count);
                served.addAndGet(Math.max(0, read));
                return read;
              }
            });
  }
}
