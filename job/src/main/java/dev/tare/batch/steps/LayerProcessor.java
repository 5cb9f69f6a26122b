package dev.tare.batch.steps;

import dev.tare.batch.Progress;
import dev.tare.batch.Sources;
import dev.tare.batch.describe.LinkedFiles;
import dev.tare.batch.describe.MemoryShortage;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.AbsentLayer;
import dev.tare.layer.ContentInterest;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerScanner;
import dev.tare.layer.PartialScanner;
import dev.tare.oci.Descriptor;
import dev.tare.oci.MediaTypes;
import dev.tare.registry.ImageSource;
import dev.tare.stop.StoppedException;
import dev.tare.store.LayerStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Fetches one layer blob and reads it as it arrives. */
public final class LayerProcessor implements ItemProcessor<LayerStore.Pending, LayerReading> {
  private static final Logger LOG = LoggerFactory.getLogger(LayerProcessor.class);

  private final Sources sources;
  private final LayerScanner scanner;
  private final Optional<PartialScanner> partialScanner;
  private final UnaryOperator<Descriptor> described;
  private final Progress progress;

  /**
   * Reads with these.
   *
   * @param partialScanner of layers that have a table of contents; empty where those are read whole
   * @param described gives a layer's descriptor with the annotations that a manifest has for it
   */
  public LayerProcessor(
      Sources sources,
      LayerScanner scanner,
      Optional<PartialScanner> partialScanner,
      UnaryOperator<Descriptor> described,
      Progress progress) {
    this.sources = sources;
    this.scanner = scanner;
    this.partialScanner = partialScanner;
    this.described = described;
    this.progress = progress;
  }

  @Override
  public LayerReading process(LayerStore.Pending layer) {
    String mediaType = layer.descriptor().mediaType();
    if (MediaTypes.isForeignLayer(mediaType)) {
      return unreadable(layer, FailureKind.BAD_CONTENT, AbsentLayer.reason(layer.descriptor()));
    }
    try {
      ImageSource source = sources.of(layer.registry());
      Optional<LayerFacts> parts = readParts(source, layer);
      LayerFacts facts = parts.isPresent() ? parts.get() : readWhole(source, layer);
      progress.itemDone(null);
      return new LayerReading.Read(facts);
    } catch (TareException e) {
      return unreadable(layer, e.kind(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return unreadable(layer, FailureKind.BAD_CONTENT, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return unreadable(
          layer,
          FailureKind.LIMIT,
          "layer " + layer.descriptor().digest() + ": " + MemoryShortage.reason());
    } catch (StoppedException e) {
      throw e;
    } catch (RuntimeException e) {
      // A defect that one layer brings to light is that layer's problem: it is reported, and the
      // others go on.
      LOG.atError()
          .addKeyValue("layer", layer.descriptor().digest())
          .setCause(e)
          .log("layer cannot be read because of a defect in Tare");
      return unreadable(
          layer, FailureKind.INTERNAL, "unexpected " + e + ": a defect in Tare, please report it");
    }
  }

  /**
   * These in the order in which a source that has only one stream for several layers gives them;
   * those whose layers are had one by one come first, in their order.
   */
  <T> List<T> inOrder(List<T> items, Function<T, LayerStore.Pending> layerOf) {
    record Placed<T>(T item, String stream, long position) {}
    return items.stream()
        .map(item -> {
          LayerStore.Pending layer = layerOf.apply(item);
          OptionalLong position =
              sources.of(layer.registry()).position(layer.repository(), layer.descriptor());
          return position.isPresent()
              ? new Placed<>(item, layer.registry(), position.getAsLong())
              : new Placed<>(item, "", 0);
        })
        .sorted(
            Comparator.<Placed<T>, String>comparing(Placed::stream)
                .thenComparingLong(Placed::position))
        .map(Placed::item)
        .toList();
  }

  /** Fetches a layer once more, for some of its files. */
  LayerReading processAgain(LinkedFiles files, ContentInterest all) {
    ContentInterest interest = files.interest(all);
    LayerReading reading =
        new LayerProcessor(
                sources,
                scanner.keeping(interest),
                partialScanner.map(partial -> partial.keeping(interest)),
                described,
                progress)
            .process(files.layer());
    return switch (reading) {
      case LayerReading.Read read ->
          new LayerReading.ReadAgain(
              read.facts().digest(), files.read(read.facts()), read.facts().fetchedBytes());
      case LayerReading.ReadAgain again -> again;
      case LayerReading.Unreadable unreadable -> unreadable;
    };
  }

  private LayerFacts readWhole(ImageSource source, LayerStore.Pending layer) throws IOException {
    try (InputStream blob = new Counted(source.blob(layer.repository(), layer.descriptor()))) {
      return scanner.scan(blob, layer.descriptor());
    }
  }

  private Optional<LayerFacts> readParts(ImageSource source, LayerStore.Pending layer) {
    if (partialScanner.isEmpty() || !partialScanner.get().isLargeEnough(layer.descriptor())) {
      return Optional.empty();
    }
    Optional<LayerFacts> facts =
        partialScanner
            .get()
            .scan(
                (offset, length) ->
                    source.blobPart(layer.repository(), layer.descriptor(), offset, length),
                described.apply(layer.descriptor()));
    facts.ifPresent(read -> progress.bytesFetched(read.compressedBytes()));
    return facts;
  }

  private LayerReading unreadable(LayerStore.Pending layer, FailureKind kind, String reason) {
    LOG.atWarn()
        .addKeyValue("layer", layer.descriptor().digest())
        .addKeyValue("repository", layer.registry() + "/" + layer.repository())
        .addKeyValue("reason", reason)
        .log("layer cannot be read");
    progress.itemDone(reason);
    return new LayerReading.Unreadable(layer.descriptor().digest(), kind, reason);
  }

  /** Counts the bytes that arrive. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        progress.bytesFetched(1);
      }
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        progress.bytesFetched(count);
      }
      return count;
    }
  }
}
