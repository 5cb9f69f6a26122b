package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.layer.partial.FetchCosts;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that stargz-snapshotter and containers/storage wrote, in parts and whole. */
class PartialScannerTest {
  private static final FetchCosts COSTS = new FetchCosts(1, 512, 4 << 10);

  private static final ContentMemory MEMORY = new ContentMemory(64 << 20);

  record Sample(String file, String mediaType, Map<String, String> annotations) {
    byte[] blob() throws IOException {
      try (InputStream in = PartialScannerTest.class.getResourceAsStream(file)) {
        return Objects.requireNonNull(in, file).readAllBytes();
      }
    }

    Descriptor descriptor(byte[] blob) {
      return annotated(this, blob, annotations);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private static Stream<Sample> samples() {
    return Stream.of(
        new Sample(
            "estargz.tar.gz",
            MediaTypes.OCI_LAYER_GZIP,
            Map.of(
                "containerd.io/snapshot/stargz/toc.digest",
                "sha256:1cc95cf9afa93f5ded222814260a93dffdaab041bdfc551f8cd07a1659982c93",
                "io.containers.estargz.uncompressed-size",
                "166400")),
        new Sample(
            "estargz-lossless.tar.gz",
            MediaTypes.OCI_LAYER_GZIP,
            Map.of(
                "containerd.io/snapshot/stargz/toc.digest",
                "sha256:3b323d389e0ede42bf00fcd6b28f8f582b1f413b200bd1f7be791c3edce4553c",
                "io.containers.estargz.uncompressed-size",
                "174592")),
        new Sample(
            "zstd-chunked.tar.zst",
            MediaTypes.OCI_LAYER_ZSTD,
            Map.of(
                "io.github.containers.zstd-chunked.manifest-checksum",
                "sha256:19c561af7060a6199337e5431919790c0fc53bcb6fd3efa89ed9db12f49fa495",
                "io.github.containers.zstd-chunked.manifest-position",
                "68179:1319:4311:1",
                "io.github.containers.zstd-chunked.tarsplit-position",
                "69506:1765:39083")));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void factsAreThoseOfTheWholeBlobFromLessThanHalfOfIt(Sample sample) throws IOException {
    byte[] blob = sample.blob();
    Descriptor layer = sample.descriptor(blob);
    AtomicLong served = new AtomicLong();
    LayerFacts parts =
        new PartialScanner(PartialScannerTest::programsAndText, LayerLimits.DEFAULTS, MEMORY, COSTS)
            .scan(counted(blob, served), layer)
            .orElseThrow();
    LayerFacts whole = whole(blob, layer, PartialScannerTest::programsAndText);
    assertThat(entries(parts)).isEqualTo(entries(whole)).hasSizeGreaterThan(15);
    assertThat(entries(parts))
        .filteredOn(entry -> entry.path().equals("bin/ping"))
        .extracting(LayerEntry::capabilities)
        .containsExactly("cap_net_raw");
    assertThat(kept(parts)).isEqualTo(kept(whole)).containsKeys("etc/os-release", "bin/tool");
    assertThat(parts.uncompressedBytes()).isEqualTo(whole.uncompressedBytes());
    assertThat(parts.compressedBytes()).isEqualTo(blob.length);
    assertThat(parts.compression()).isEqualTo(whole.compression());
    List<LayerGap> gaps = new ArrayList<>(whole.gaps());
    gaps.add(parts.gaps().getLast());
    assertThat(parts.gaps()).isEqualTo(gaps);
    assertThat(parts.gaps().getLast().reason())
        .startsWith("read by its table of contents")
        .endsWith("were not verified");
    assertThat(parts.diffId()).isNull();
    assertThat(whole.diffId()).isNotNull();
    assertThat(served.get()).isLessThan(blob.length / 2);
    assertThat(parts.fetchedBytes()).isEqualTo(served.get());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void fileThatIsTooLargeToBeKeptIsTheSameGap(Sample sample) throws IOException {
    ContentInterest interest =
        (path, size, mode) -> path.startsWith("bin/") ? atMost(10_000) : null;
    byte[] blob = sample.blob();
    Descriptor layer = sample.descriptor(blob);
    LayerFacts parts = scan(blob, layer, interest).orElseThrow();
    LayerFacts whole = whole(blob, layer, interest);
    assertThat(entries(parts)).isEqualTo(entries(whole));
    assertThat(parts.gaps()).containsAll(whole.gaps());
    assertThat(whole.gaps()).extracting(LayerGap::path).contains("bin/tool");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void blobIsReadWholeWhereMostOfItIsWanted(Sample sample) throws IOException {
    byte[] blob = sample.blob();
    assertThat(scan(blob, sample.descriptor(blob), (path, size, mode) -> atMost(1 << 20)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void withoutTheAnnotationsTheTableIsNotTrusted(Sample sample) throws IOException {
    byte[] blob = sample.blob();
    for (String left : sample.annotations.keySet()) {
      Map<String, String> annotations = new HashMap<>(sample.annotations);
      annotations.remove(left);
      assertThat(scan(blob, annotated(sample, blob, annotations))).as(left).isEmpty();
      String other = sample.annotations.get(left).replaceFirst("\\d(\\D*)$", "x$1");
      annotations.put(left, other);
      assertThat(scan(blob, annotated(sample, blob, annotations))).as(other).isEmpty();
    }
  }

  @Test
  void tarThatIsStatedToBeShorterThanItsEntriesIsNotBelieved() throws IOException {
    Sample sample = samples().findFirst().orElseThrow();
    byte[] blob = sample.blob();
    for (String size : List.of("512", "166399", "0", "99999999999999999999")) {
      Map<String, String> annotations = new HashMap<>(sample.annotations);
      annotations.put("io.containers.estargz.uncompressed-size", size);
      assertThat(scan(blob, annotated(sample, blob, annotations))).as(size).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void flippedBitMakesNoOtherFacts(Sample sample) throws IOException {
    byte[] blob = sample.blob();
    Descriptor layer = sample.descriptor(blob);
    LayerFacts intact = scan(blob, layer).orElseThrow();
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = blob.clone();
      damaged[random.nextInt(blob.length)] ^= (byte) (1 << random.nextInt(8));
      Optional<LayerFacts> facts = scan(damaged, layer);
      if (facts.isPresent()) {
        assertThat(entries(facts.get())).isEqualTo(entries(intact));
        assertThat(kept(facts.get())).isEqualTo(kept(intact));
      } else {
        refused++;
      }
    }
    assertThat(refused).isBetween(20, 299);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void blobIsReadWholeWherePartsAreNotGivenOrEndEarly(Sample sample) throws IOException {
    byte[] blob = sample.blob();
    Descriptor layer = sample.descriptor(blob);
    PartialScanner scanner =
        new PartialScanner(
            PartialScannerTest::programsAndText, LayerLimits.DEFAULTS, MEMORY, COSTS);
    assertThat(scanner.scan((offset, length) -> Optional.empty(), layer)).isEmpty();
    AtomicLong asked = new AtomicLong();
    BlobRanges exhausted =
        (offset, length) ->
            asked.incrementAndGet() > 1
                ? Optional.empty()
                : Optional.of(new ByteArrayInputStream(blob, (int) offset, (int) length));
    assertThat(scanner.scan(exhausted, layer)).isEmpty();
    assertThat(asked.get()).isEqualTo(2);
    BlobRanges shorter =
        (offset, length) ->
            Optional.of(
                new ByteArrayInputStream(
                    blob, (int) offset, (int) (offset < blob.length / 2 ? length / 2 : length)));
    assertThat(scanner.scan(shorter, layer)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void partsDoNotPayForASmallBlob(Sample sample) throws IOException {
    byte[] blob = sample.blob();
    PartialScanner usual =
        new PartialScanner(PartialScannerTest::programsAndText, LayerLimits.DEFAULTS, MEMORY);
    AtomicLong served = new AtomicLong();
    assertThat(usual.scan(counted(blob, served), sample.descriptor(blob))).isEmpty();
    assertThat(served.get()).isZero();
  }

  private static Optional<LayerFacts> scan(byte[] blob, Descriptor layer) {
    return scan(blob, layer, PartialScannerTest::programsAndText);
  }

  private static Optional<LayerFacts> scan(
      byte[] blob, Descriptor layer, ContentInterest interest) {
    return new PartialScanner(interest, LayerLimits.DEFAULTS, MEMORY, COSTS)
        .scan(counted(blob, new AtomicLong()), layer);
  }

  private static LayerFacts whole(byte[] blob, Descriptor layer, ContentInterest interest) {
    return new LayerScanner(interest, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob), layer);
  }

  private static Descriptor annotated(Sample sample, byte[] blob, Map<String, String> annotations) {
    return new Descriptor(
        sample.mediaType, Digest.sha256(blob), blob.length, null, null, annotations);
  }

  /** Gives parts as a registry does, and counts what is read of them. */
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

  private static ContentInterest.@Nullable Extraction programsAndText(
      String path, long size, int mode) {
    boolean library = path.contains(".so");
    return ((mode & 0111) != 0 && !library) || path.matches("etc/[a-z-]+|var/lib/dpkg/.*")
        ? atMost(1 << 20)
        : null;
  }

  private static ContentInterest.Extraction atMost(int bytes) {
    return new ContentInterest.Extraction() {
      @Override
      public int maximumBytes() {
        return bytes;
      }

      @Override
      public byte[] reduce(byte[] content) {
        return Arrays.copyOf(content, Math.min(content.length, 9_000));
      }
    };
  }

  static List<LayerEntry> entries(LayerFacts facts) {
    List<LayerEntry> entries = new ArrayList<>();
    facts.index().forEach(entries::add);
    return entries;
  }

  static Map<String, String> kept(LayerFacts facts) {
    Map<String, String> kept = new HashMap<>();
    facts
        .kept()
        .forEach(
            (path, content) -> kept.put(path, new String(content, StandardCharsets.ISO_8859_1)));
    return kept;
  }
}
