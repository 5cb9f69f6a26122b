package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.layer.blob.BlobDecoder;
import dev.tare.layer.blob.BlobInput;
import dev.tare.layer.blob.Igzip;
import dev.tare.layer.blob.IgzipDecoder;
import dev.tare.layer.blob.JdkGzipDecoder;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both decoders, on what {@link GZIPOutputStream} wrote. */
class GzipDecoderTest {
  static Stream<Named<Function<BlobInput, BlobDecoder>>> decoders() {
    Named<Function<BlobInput, BlobDecoder>> jdk = Named.of("jdk", JdkGzipDecoder::new);
    return Igzip.isAvailable()
        ? Stream.of(jdk, Named.of("igzip", IgzipDecoder::new))
        : Stream.of(jdk);
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void contentOfEverySizeAndLevelComesBack(Function<BlobInput, BlobDecoder> decoder)
      throws IOException {
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 7, 8, 100, 8_191, 8_192, 8_193, 70_000, 1_000_000}) {
      for (int level : new int[] {Deflater.NO_COMPRESSION, 1, 6, 9}) {
        byte[] content = content(random, size);
        assertThat(decode(decoder, compressed(content, level)))
            .as("%s bytes at level %s", size, level)
            .isEqualTo(content);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void membersOfAllLengthsComeBackInOrder(Function<BlobInput, BlobDecoder> decoder)
      throws IOException {
    Random random = new Random(11);
    for (int round = 0; round < 20; round++) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      ByteArrayOutputStream blob = new ByteArrayOutputStream();
      for (int member = 0; member < 40; member++) {
        // Ends of members at all distances from the ends of the pieces that igzip is fed.
        byte[] part = content(random, random.nextInt(round < 10 ? 60 : 20_000));
        content.writeBytes(part);
        blob.writeBytes(compressed(part, random.nextInt(10)));
      }
      assertThat(decode(decoder, blob.toByteArray())).isEqualTo(content.toByteArray());
    }
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void contentThatExpandsMostComesBack(Function<BlobInput, BlobDecoder> decoder)
      throws IOException {
    byte[] zeros = new byte[64 << 20];
    assertThat(Arrays.equals(decode(decoder, compressed(zeros, 9)), zeros)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void headerWithEveryOptionalPartIsPassedOver(Function<BlobInput, BlobDecoder> decoder)
      throws IOException {
    byte[] plain = LayerTar.gzipped(new byte[] {1, 2, 3});
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.write(plain, 0, 3);
    blob.write(2 | 4 | 8 | 16);
    blob.write(plain, 4, 6);
    blob.writeBytes(new byte[] {3, 0, 'e', 'x', 't', 'n', 0, 'c', 0, 9, 9});
    blob.write(plain, 10, plain.length - 10);
    assertThat(decode(decoder, blob.toByteArray())).containsExactly(1, 2, 3);
  }

  private static byte[] decode(Function<BlobInput, BlobDecoder> decoder, byte[] blob) {
    BlobInput input =
        new BlobInput(
            new ByteArrayInputStream(blob), new Descriptor("", Digest.sha256(blob), blob.length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[10_000];
    try (BlobDecoder opened = decoder.apply(input)) {
      for (int n = opened.read(buffer, 0, buffer.length);
          n >= 0;
          n = opened.read(buffer, 0, buffer.length)) {
        out.write(buffer, 0, n);
      }
    }
    input.verify();
    return out.toByteArray();
  }

  private static byte[] compressed(byte[] content, int level) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(level);
          }
        }) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  /** Half noise, half repetition. */
  private static byte[] content(Random random, int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    Arrays.fill(content, size / 3, size * 2 / 3, (byte) 'r');
    return content;
  }
}
