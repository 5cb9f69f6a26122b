package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.error.TareException;
import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ContentMemoryTest {
  private static final int FILE = 200_000;

  @Test
  void filesThatAreReadAtOnceTakeNoMoreThanThereIs() throws Exception {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    AtomicInteger read = new AtomicInteger();
    ContentInterest interest = (path, size, mode) -> new Measured(held, most, read);
    ContentMemory memory = new ContentMemory(3 * FILE);
    LayerScanner scanner = new LayerScanner(interest, LayerLimits.DEFAULTS, memory);
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 20; i++) {
      tar.file("file" + i, new byte[FILE]);
    }
    LayerTar.Blob blob = tar.tar();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<LayerFacts>> scans = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        scans.add(() -> scanner.scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor()));
      }
      for (Future<LayerFacts> scan : threads.invokeAll(scans)) {
        assertThat(scan.get().gaps()).isEmpty();
      }
    }
    assertThat(read.get()).isEqualTo(8 * 20);
    assertThat(most.get()).isLessThanOrEqualTo(3 * FILE);
  }

  @Test
  void fileThatTakesMoreThanThereIsIsAGap() {
    LayerScanner scanner =
        new LayerScanner(
            (path, size, mode) ->
                new Measured(new AtomicLong(), new AtomicLong(), new AtomicInteger()),
            LayerLimits.DEFAULTS,
            new ContentMemory(100_352));
    LayerTar.Blob blob =
        LayerTar.of().file("small", "x").file("var/lib/rpm/Packages", new byte[FILE]).tar();
    LayerFacts facts = scanner.scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
    assertThat(facts.kept()).containsOnlyKeys("small");
    assertThat(facts.gaps())
        .containsExactly(
            new LayerGap(
                GapKind.ENTRY,
                "var/lib/rpm/Packages",
                "not read: 200,000 bytes take 200,000 bytes of memory, there are 100,352:"
                    + " give Java a larger heap"));
  }

  @Test
  void whatIsAboveTheLimitOfALayerIsAGap() {
    LayerLimits limits =
        LayerLimits.of(
            property -> property.equals("tare.limits.maximum-kept-bytes") ? "10" : null, 2);
    ContentInterest interest =
        (path, size, mode) -> new Measured(new AtomicLong(), new AtomicLong(), new AtomicInteger());
    LayerTar.Blob blob =
        LayerTar.of().file("a", "12345678").file("b", "x").file("a", "123456789").tar();
    LayerFacts facts =
        new LayerScanner(interest, limits)
            .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
    assertThat(facts.kept()).containsOnlyKeys("a", "b");
    LayerTar.Blob larger = LayerTar.of().file("a", "12345678").file("b", "123").tar();
    assertThat(
            new LayerScanner(interest, limits)
                .scan(new ByteArrayInputStream(larger.bytes()), larger.descriptor())
                .gaps())
        .containsExactly(
            new LayerGap(
                GapKind.ENTRY,
                "b",
                "not kept: of one layer no more than 10 bytes (tare.limits.maximum-kept-bytes)"));
  }

  @Test
  void limitsAreSetByTheNamesThatMessagesUse() {
    Map<String, String> properties =
        Map.of(
            "tare.limits.maximum-entries", "5000000",
            "tare.limits.maximum-path-bytes", "100",
            "tare.limits.maximum-pax-header-bytes", "2000",
            "tare.limits.maximum-uncompressed-bytes", "99999999999",
            "tare.limits.maximum-expansion", "1000",
            "tare.limits.expansion-floor-bytes", "1",
            "tare.limits.maximum-kept-bytes", "7");
    assertThat(LayerLimits.of(properties::get, 2))
        .isEqualTo(new LayerLimits(5_000_000, 100, 2_000, 99_999_999_999L, 1_000, 1, 7));
    assertThat(LayerLimits.of(property -> null, 1))
        .usingRecursiveComparison()
        .ignoringFields("maximumKeptBytes")
        .isEqualTo(LayerLimits.DEFAULTS);
    assertThatThrownBy(() -> LayerLimits.of(property -> "many", 2))
        .isInstanceOf(TareException.class)
        .hasMessage("tare.limits.maximum-entries=many: expected a number from 1 to 2147483647");
  }

  /** Holds a file whole, and counts what all of them hold. */
  private record Measured(AtomicLong held, AtomicLong most, AtomicInteger read)
      implements ContentInterest.Extraction {
    @Override
    public int maximumBytes() {
      return 1 << 20;
    }

    @Override
    public long memoryBytes(long sizeBytes) {
      return sizeBytes;
    }

    @Override
    public byte[] reduce(byte[] content) {
      read.incrementAndGet();
      held.addAndGet(-content.length);
      return content.length > 100 ? new byte[1] : content;
    }

    @Override
    public ContentReader reader(long sizeBytes) {
      most.accumulateAndGet(held.addAndGet(sizeBytes), Math::max);
      return new WholeContent(this, (int) sizeBytes);
    }
  }
}
