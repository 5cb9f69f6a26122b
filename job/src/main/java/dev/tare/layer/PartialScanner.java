package dev.tare.layer;

import static dev.tare.layer.blob.ScanFault.number;

import dev.tare.error.TareException;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.BlobTail;
import dev.tare.layer.partial.ChunkedFormat;
import dev.tare.layer.partial.ContentsTable;
import dev.tare.layer.partial.EstargzPieces;
import dev.tare.layer.partial.EstargzTable;
import dev.tare.layer.partial.FetchCosts;
import dev.tare.layer.partial.PieceTar;
import dev.tare.layer.partial.PlannedRanges;
import dev.tare.layer.partial.RangePlan;
import dev.tare.layer.partial.TarPiece;
import dev.tare.layer.partial.TocEntry;
import dev.tare.layer.partial.TocReader;
import dev.tare.layer.partial.ZstdChunkedTable;
import dev.tare.layer.tar.EntryPath;
import dev.tare.layer.tar.LayerContents;
import dev.tare.layer.tar.TarSource;
import dev.tare.layer.tar.TarWalk;
import dev.tare.oci.Descriptor;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a layer of the formats eStargz and zstd:chunked by its table of contents: that table, which
 * the manifest names by digest, and the files whose content is wanted, each chunk verified by the
 * digest that the table names. The facts are those of the whole blob, but nobody has seen that the
 * blob holds what its table says: neither its digest nor the diff ID is verified, and a gap says
 * so.
 *
 * <p>Whatever is not as expected, or is more to fetch than half of the blob, makes nothing of it:
 * the blob is to be read whole then. Safe for concurrent use.
 */
public final class PartialScanner {
  private static final Logger LOG = LoggerFactory.getLogger(PartialScanner.class);

  private final ContentInterest interest;
  private final LayerLimits limits;
  private final ContentMemory memory;
  private final FetchCosts costs;

  /** As {@link LayerScanner}, with which it shares the memory. */
  public PartialScanner(ContentInterest interest, LayerLimits limits, ContentMemory memory) {
    this(interest, limits, memory, FetchCosts.USUAL);
  }

  PartialScanner(
      ContentInterest interest, LayerLimits limits, ContentMemory memory, FetchCosts costs) {
    this.interest = interest;
    this.limits = limits;
    this.memory = memory;
    this.costs = costs;
  }

  /** One that keeps something else, within the same limits and memory. */
  public PartialScanner keeping(ContentInterest other) {
    return new PartialScanner(other, limits, memory, costs);
  }

  /** Whether parts of such a layer can cost less than all of it. */
  public boolean isLargeEnough(Descriptor layer) {
    return layer.sizeBytes() >= costs.leastBlobBytes();
  }

  /**
   * Reads the layer in parts; empty where it is to be read whole.
   *
   * @param layer with the annotations that its manifest has for it
   */
  public Optional<LayerFacts> scan(BlobRanges blob, Descriptor layer) {
    if (!isLargeEnough(layer) || format(layer) == null) {
      return Optional.empty();
    }
    String why;
    try (PlannedRanges ranges = new PlannedRanges(blob)) {
      LayerFacts facts = scan(ranges, layer);
      if (facts != null) {
        return Optional.of(facts);
      }
      why = "the wanted files are more than half of the blob";
    } catch (ScanFault fault) {
      why = fault.reason();
    } catch (TareException | IOException e) {
      why = String.valueOf(e.getMessage());
    }
    LOG.atDebug()
        .addKeyValue("layer", layer.digest())
        .addKeyValue("reason", why)
        .log("Layer is read whole, not by its table of contents");
    return Optional.empty();
  }

  private static @Nullable ChunkedFormat format(Descriptor layer) {
    Map<String, String> annotations = layer.annotations();
    if (annotations.containsKey(ZstdChunkedTable.DIGEST)) {
      return ChunkedFormat.ZSTD_CHUNKED;
    }
    return annotations.containsKey(EstargzTable.DIGEST)
            && annotations.containsKey(EstargzTable.UNCOMPRESSED_SIZE)
        ? ChunkedFormat.ESTARGZ
        : null;
  }

  /** Null where that would fetch too much. */
  private @Nullable LayerFacts scan(PlannedRanges ranges, Descriptor layer) {
    BlobTail tail = new BlobTail(ranges, layer.sizeBytes(), costs.tailBytes());
    ContentsTable table =
        format(layer) == ChunkedFormat.ESTARGZ
            ? EstargzTable.of(tail, layer)
            : ZstdChunkedTable.of(tail, layer);
    RangePlan plan = plan(table);
    if (ranges.fetched() + plan.costBytes() > layer.sizeBytes() / 2) {
      return null;
    }
    ranges.follow(plan);
    LayerContents contents = new LayerContents(limits);
    long uncompressed;
    try (TocReader entries = table.entries()) {
      Iterator<TarPiece> pieces = table.pieces(entries, plan.lastChunk());
      try (PieceTar tar = new PieceTar(pieces, table.format(), ranges, plan)) {
        // What is not wanted by its path is not fetched, so nothing of it can be recognised.
        ContentInterest byPath = (path, size, mode) -> interest.wants(path, size, mode);
        new TarWalk(tar, limits, byPath, contents, memory).run();
        long sizeBytes = tar.finish();
        uncompressed =
            pieces instanceof EstargzPieces tarPieces
                ? stated(layer, tarPieces.leastBytes())
                : sizeBytes;
      }
    }
    checkExpansion(uncompressed, layer);
    contents.unverified(
        "read by its table of contents ("
            + table.format().word()
            + "), "
            + number(ranges.fetched())
            + " of "
            + number(layer.sizeBytes())
            + " bytes: the digest of the blob and its diff ID were not verified");
    LayerIndex index = contents.index();
    return new LayerFacts(
        layer.digest(),
        null,
        layer.sizeBytes(),
        ranges.fetched(),
        uncompressed,
        table.format().compression(),
        index,
        contents.kept(),
        contents.recognised(),
        contents.gaps(),
        LayerReaders.of(interest, index));
  }

  private RangePlan plan(ContentsTable table) {
    RangePlan plan = new RangePlan(costs.requestBytes());
    int files = 0;
    try (TocReader entries = table.entries()) {
      for (TocEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (++files > limits.maximumEntries()) {
          throw ScanFault.limit(
              "tar entries", limits.maximumEntries(), "tare.limits.maximum-entries");
        }
        if (!entry.chunks().isEmpty()) {
          plan.file(entry.chunks(), wantedChunks(entry));
        }
      }
      if (table instanceof ZstdChunkedTable chunked) {
        chunked.verifyTarSplit(entries);
      }
    }
    plan.end(table.endOfContent());
    return plan;
  }

  /** Of a file that is too large to be kept, the first bytes still say what it is. */
  private int wantedChunks(TocEntry entry) {
    String path = EntryPath.normalise(entry.name());
    Extraction extraction =
        path == null ? null : interest.wants(path, entry.sizeBytes(), entry.mode());
    if (extraction == null) {
      return 0;
    }
    return entry.sizeBytes() > extraction.maximumBytes() ? 1 : entry.chunks().size();
  }

  private static long stated(Descriptor layer, long leastBytes) {
    String text = layer.annotations().getOrDefault(EstargzTable.UNCOMPRESSED_SIZE, "");
    long stated = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    if (stated < leastBytes || stated % TarSource.BLOCK != 0) {
      throw ScanFault.corrupt(
          "eStargz: the manifest states a tar of \""
              + text
              + "\" bytes, its entries alone take "
              + number(leastBytes));
    }
    return stated;
  }

  private void checkExpansion(long uncompressed, Descriptor layer) {
    if (uncompressed > limits.maximumUncompressedBytes()
        || (uncompressed > limits.expansionFloorBytes()
            && uncompressed / limits.maximumExpansion() > layer.sizeBytes())) {
      throw ScanFault.corrupt("table of contents: more content than the blob can hold");
    }
  }
}
