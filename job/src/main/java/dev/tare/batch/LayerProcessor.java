package dev.tare.batch;

import dev.tare.error.TareException;
import dev.tare.layer.LayerScanner;
import dev.tare.oci.MediaTypes;
import dev.tare.store.PendingLayer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Fetches one layer blob and reads it as it arrives. */
final class LayerProcessor implements ItemProcessor<PendingLayer, LayerReading> {
  private static final Logger LOG = LoggerFactory.getLogger(LayerProcessor.class);

  private final Sources sources;
  private final LayerScanner scanner;
  private final Progress progress;

  LayerProcessor(Sources sources, LayerScanner scanner, Progress progress) {
    this.sources = sources;
    this.scanner = scanner;
    this.progress = progress;
  }

  @Override
  public LayerReading process(PendingLayer layer) {
    String mediaType = layer.descriptor().mediaType();
    if (MediaTypes.isForeignLayer(mediaType)) {
      return unreadable(layer, "not distributed with the image (media type " + mediaType + ")");
    }
    try (InputStream blob =
        new Counted(sources.of(layer.registry()).blob(layer.repository(), layer.descriptor()))) {
      LayerReading.Read read = new LayerReading.Read(scanner.scan(blob, layer.descriptor()));
      progress.itemDone(null);
      return read;
    } catch (TareException | IOException e) {
      return unreadable(layer, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return unreadable(
          layer, "layer " + layer.descriptor().digest() + ": " + MemoryShortage.reason());
    } catch (RuntimeException e) {
      // A defect that one layer brings to light is that layer's problem: it is reported, and the
      // others go on.
      LOG.atError()
          .addKeyValue("layer", layer.descriptor().digest())
          .setCause(e)
          .log("layer cannot be read because of a defect in Tare");
      return unreadable(layer, "unexpected " + e + ": a defect in Tare, please report it");
    }
  }

  private LayerReading unreadable(PendingLayer layer, String reason) {
    LOG.atWarn()
        .addKeyValue("layer", layer.descriptor().digest())
        .addKeyValue("repository", layer.registry() + "/" + layer.repository())
        .addKeyValue("reason", reason)
        .log("layer cannot be read");
    progress.itemDone(reason);
    return new LayerReading.Unreadable(layer.descriptor().digest(), reason);
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
