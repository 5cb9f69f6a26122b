package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that somebody made, or damaged, to do harm. A hang fails by the time limit. */
@Timeout(60)
class HostileLayerTest {
  private static final LayerLimits TIGHT =
      new LayerLimits(1_000, 300, 4_096, 64 << 20, 20, 1 << 20, 10_000);

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void bombIsGivenUpByItsExpansion(String compression) throws IOException {
    byte[] bomb = bomb(compression, 32 << 20);
    assertLimit(() -> scan(bomb, TIGHT), "tare.limits.maximum-expansion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void bombIsGivenUpByItsSize(String compression) throws IOException {
    byte[] bomb = bomb(compression, 96 << 20);
    LayerLimits limits = new LayerLimits(1_000, 300, 4_096, 64 << 20, 20, 1L << 40, 10_000);
    assertLimit(() -> scan(bomb, limits), "tare.limits.maximum-uncompressed-bytes");
  }

  @Test
  void bombLargeEnoughForTheNativeDecoderIsGivenUp() throws IOException {
    byte[] bomb = bomb("gzip", 300 << 20);
    assertThat(bomb.length).isGreaterThan(256 << 10);
    assertLimit(() -> scan(bomb, TIGHT), "tare.limits.maximum-expansion");
  }

  @Test
  void frameWithAGiganticWindowIsRefused() {
    // Magic, no flags, window of 2^30, last raw block of no bytes.
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (20 << 3), 1, 0, 0};
    assertThatThrownBy(() -> scan(frame, TIGHT))
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.LIMIT))
        .hasMessageContaining("128 MiB");
  }

  @Test
  void gigabytePaxHeaderIsRefusedBeforeItIsRead() {
    LayerTar tar = LayerTar.of();
    byte[] header = tar.header('x', ascii("pax"), new byte[0], 0644, 1L << 30);
    assertLimit(() -> scan(header, TIGHT), "tare.limits.maximum-pax-header-bytes");
    byte[] global = tar.header('g', ascii("pax"), new byte[0], 0644, 1L << 30);
    assertLimit(() -> scan(global, TIGHT), "tare.limits.maximum-pax-header-bytes");
    byte[] longName = tar.header('L', ascii("././@LongLink"), new byte[0], 0644, 1L << 30);
    assertLimit(() -> scan(longName, TIGHT), "tare.limits.maximum-pax-header-bytes");
  }

  @Test
  void endlessEntriesAreGivenUp() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 1_001; i++) {
      tar.file("same", "");
    }
    assertLimit(() -> scan(tar.gzip().bytes(), TIGHT), "tare.limits.maximum-entries");
  }

  @Test
  void endlessExtendedHeadersAreGivenUp() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 1_001; i++) {
      tar.pax("comment", new byte[0]);
    }
    assertLimit(() -> scan(tar.gzip().bytes(), TIGHT), "tare.limits.maximum-entries");
  }

  @Test
  void pathsAndLinkTargetsAreBounded() {
    String path = "d/".repeat(151);
    assertLimit(
        () -> scan(LayerTar.of().file(path, "").tar().bytes(), TIGHT),
        "tare.limits.maximum-path-bytes");
    assertLimit(
        () -> scan(LayerTar.of().symlink("a", path).tar().bytes(), TIGHT),
        "tare.limits.maximum-path-bytes");
  }

  @Test
  void keptContentIsBounded() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 11; i++) {
      tar.file("f" + i, new byte[1_000]);
    }
    ContentInterest everything =
        (path, size, mode) ->
            new ContentInterest.Extraction() {
              @Override
              public int maximumBytes() {
                return 1_000;
              }

              @Override
              public byte[] reduce(byte[] content) {
                return content;
              }
            };
    LayerTar.Blob blob = tar.tar();
    LayerFacts facts =
        new LayerScanner(everything, TIGHT)
            .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
    assertThat(facts.kept()).hasSize(10);
    assertThat(facts.gaps()).extracting(LayerFacts.LayerGap::path).containsExactly("f10");
  }

  @Test
  void malformedPaxRecordsAreBadContent() {
    for (String records :
        new String[] {
          "garbage",
          "9999999999999999999 path=a\n",
          "11 path=a\n",
          "-5 path=a\n",
          "10 path=abX",
          "6 =ab\n",
          "5 \n\n\n",
          "0 path=a\n"
        }) {
      LayerTar tar = LayerTar.of().entry('x', "pax", "", 0644, ascii(records)).file("a", "");
      assertBadContent(() -> scan(tar.tar().bytes(), TIGHT));
    }
    assertBadContent(
        () -> scan(LayerTar.of().pax("path", ascii("a\0b")).file("a", "").tar().bytes(), TIGHT));
    assertBadContent(
        () -> scan(LayerTar.of().pax("size", ascii("-1")).file("a", "").tar().bytes(), TIGHT));
  }

  @Test
  void sizesThatCannotBeAreBadContent() {
    LayerTar tar = LayerTar.of();
    for (int first : new int[] {0xff, 0x80}) {
      byte[] header = tar.header('0', ascii("a"), new byte[0], 0644, 0);
      Arrays.fill(header, 124, 136, (byte) 0xff);
      header[124] = (byte) first;
      LayerTar.checksummed(header);
      assertBadContent(() -> scan(header, TIGHT));
    }
    byte[] octal = tar.header('0', ascii("a"), new byte[0], 0644, 0);
    octal[130] = '9';
    LayerTar.checksummed(octal);
    assertBadContent(() -> scan(octal, TIGHT));
  }

  @Test
  void hostileSparseMapsAreBadContent() {
    for (String map : new String[] {"0,5,3,5", "5", "0,999999", "9223372036854775807,5", "a,b"}) {
      LayerTar tar =
          LayerTar.of()
              .entry(
                  'x',
                  "pax",
                  "",
                  0644,
                  concat(
                      LayerTar.paxRecord("GNU.sparse.map", ascii(map)),
                      LayerTar.paxRecord("GNU.sparse.size", ascii("100"))))
              .file("a", new byte[10]);
      assertBadContent(() -> scan(tar.tar().bytes(), TIGHT));
    }
    LayerTar leading =
        LayerTar.of()
            .entry(
                'x',
                "pax",
                "",
                0644,
                concat(
                    LayerTar.paxRecord("GNU.sparse.major", ascii("1")),
                    LayerTar.paxRecord("GNU.sparse.minor", ascii("0")),
                    LayerTar.paxRecord("GNU.sparse.realsize", ascii("100"))))
            .file("a", "999999999999\n" + "1\n".repeat(5_000));
    assertLimit(() -> scan(leading.tar().bytes(), TIGHT), "tare.limits.maximum-pax-header-bytes");
  }

  @Test
  void textIsNoTar() {
    assertBadContent(
        () -> scan("{\"errors\": []}".repeat(100).getBytes(StandardCharsets.UTF_8), TIGHT));
    assertBadContent(() -> scan(new byte[] {0x1f, (byte) 0x8b, 8}, TIGHT));
    assertBadContent(() -> scan(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, TIGHT));
    assertBadContent(() -> scan(new byte[] {1}, TIGHT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "none", "large gzip"})
  void blobCutAtEachTenthIsRejected(String compression) {
    Blob blob = sample(compression);
    for (int tenth = 0; tenth < 10; tenth++) {
      byte[] cut = Arrays.copyOf(blob.bytes(), (int) (blob.bytes().length * (long) tenth / 10));
      // As the registry would describe the whole blob, and as somebody who pushed the cut one.
      assertBadContent(() -> scan(cut, blob.descriptor(), LayerLimits.DEFAULTS));
      if (!compression.equals("none") && tenth > 0) {
        assertBadContent(() -> scan(cut, LayerLimits.DEFAULTS));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "none", "large gzip"})
  void flippedBitsAreRejectedByTheDigest(String compression) {
    Blob blob = sample(compression);
    Random random = new Random(20_261_121);
    int flips = compression.equals("large gzip") ? 50 : 200;
    for (int i = 0; i < flips; i++) {
      byte[] flipped = blob.bytes().clone();
      int bit = random.nextInt(8 * flipped.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Throwable thrown =
          catchThrowable(() -> scan(flipped, blob.descriptor(), LayerLimits.DEFAULTS));
      assertThat(thrown).as("bit %s", bit).isInstanceOf(TareException.class);
      assertThat(((TareException) thrown).kind())
          .as("bit %s", bit)
          .isIn(FailureKind.BAD_CONTENT, FailureKind.LIMIT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd", "none", "large gzip"})
  void flippedBitsWithAFittingDigestNeverEndInAnythingButAVerdict(String compression) {
    Blob blob = sample(compression);
    Random random = new Random(4_711);
    int flips = compression.equals("large gzip") ? 50 : 200;
    for (int i = 0; i < flips; i++) {
      byte[] flipped = blob.bytes().clone();
      int bit = random.nextInt(8 * flipped.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Throwable thrown = catchThrowable(() -> scan(flipped, LayerLimits.DEFAULTS));
      if (thrown != null) {
        assertThat(thrown).as("bit %s", bit).isInstanceOf(TareException.class);
      }
    }
  }

  /** A layer of pseudo-random and repeated content: of a few kilobytes, or of 600. */
  private static Blob sample(String compression) {
    boolean large = compression.equals("large gzip");
    Random random = new Random(1);
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < (large ? 150 : 20); i++) {
      byte[] content = new byte[large ? 8_000 : 300];
      random.nextBytes(content);
      Arrays.fill(content, content.length / 2, content.length, (byte) i);
      tar.file("dir" + i % 3 + "/" + "long-name-".repeat(i % 15) + i, content);
      tar.symlink("link" + i, "dir/" + i).whiteout("gone" + i);
    }
    return switch (compression) {
      case "zstd" -> tar.zstd();
      case "none" -> tar.tar();
      default -> tar.gzip();
    };
  }

  private static byte[] bomb(String compression, int size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerTar tar = LayerTar.of();
    try (OutputStream compressing =
        compression.equals("gzip")
            ? new GZIPOutputStream(out)
            : new ZstdOutputStreamNoFinalizer(out, Zstd.defaultCompressionLevel())) {
      compressing.write(tar.header('0', ascii("zeros"), new byte[0], 0644, size));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < size >> 20; i++) {
        compressing.write(zeros);
      }
    }
    return out.toByteArray();
  }

  private static void assertLimit(ThrowingCallable scan, String property) {
    assertThatThrownBy(scan)
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.LIMIT);
              assertThat(e.hint()).contains(property);
            })
        .hasMessageContaining(property)
        .hasMessageStartingWith("layer sha256:");
  }

  private static void assertBadContent(ThrowingCallable scan) {
    assertThatThrownBy(scan)
        .isInstanceOfSatisfying(
            TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT));
  }

  private static LayerFacts scan(byte[] bytes, LayerLimits limits) {
    return scan(bytes, new Descriptor("", Digest.sha256(bytes), bytes.length), limits);
  }

  private static LayerFacts scan(byte[] bytes, Descriptor descriptor, LayerLimits limits) {
    return new LayerScanner((path, size, mode) -> null, limits)
        .scan(new ByteArrayInputStream(bytes), descriptor);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
