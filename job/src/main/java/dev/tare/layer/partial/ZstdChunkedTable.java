package dev.tare.layer.partial;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.TocEntry.Chunk;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of contents of a zstd:chunked layer and its tar-split, each in a skippable frame, and
 * behind them a footer in a third one:
 *
 * <pre>
 * table:     offset 8 · length 8 · uncompressed length 8 · kind 8 (1)
 * tar-split: offset 8 · length 8 · uncompressed length 8
 * "GNUlInUx"
 * </pre>
 *
 * <p>The annotations of the manifest say the same, and the digest of the table; the table has the
 * digest of the tar-split. Without a tar-split, as older writers leave it out, the size of the tar
 * is not known, and the blob is read whole.
 *
 * @see <a
 *     href="https://github.com/containers/storage/blob/main/docs/containers-storage-zstd-chunked.md">containers-storage-zstd-chunked</a>
 */
public final class ZstdChunkedTable implements ContentsTable {
  /** The annotation that names the digest of the compressed table. */
  public static final String DIGEST = "io.github.containers.zstd-chunked.manifest-checksum";

  private static final String POSITION = "io.github.containers.zstd-chunked.manifest-position";
  private static final String TAR_SPLIT = "io.github.containers.zstd-chunked.tarsplit-position";

  private static final int FOOTER = 64;
  private static final int FRAME = 8;
  private static final long SKIPPABLE_FOOTER = 0x40_184d_2a50L;
  private static final String MAGIC = "GNUlInUx";

  /** A tar-split is read as a stream; its lines are a kilobyte each. */
  private static final long MAXIMUM_TAR_SPLIT = 1L << 30;

  private final byte[] table;
  private final byte[] tarSplit;
  private final long endOfContent;

  private ZstdChunkedTable(byte[] table, byte[] tarSplit, long endOfContent) {
    this.table = table;
    this.tarSplit = tarSplit;
    this.endOfContent = endOfContent;
  }

  /** The table that the manifest names; a {@link ScanFault} where there is none, or another. */
  public static ZstdChunkedTable of(BlobTail tail, Descriptor layer) {
    long size = layer.sizeBytes();
    ByteBuffer footer =
        ByteBuffer.wrap(tail.bytes(size - FOOTER - FRAME, size)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length()];
    footer.get(FRAME + FOOTER - magic.length, magic);
    if (footer.getLong() != SKIPPABLE_FOOTER
        || !MAGIC.equals(new String(magic, StandardCharsets.ISO_8859_1))) {
      throw ScanFault.corrupt("zstd:chunked: no footer");
    }
    long tableAt = footer.getLong();
    long tableLength = footer.getLong();
    String position = tableAt + ":" + tableLength + ":" + footer.getLong() + ":" + footer.getLong();
    long splitAt = footer.getLong();
    long splitLength = footer.getLong();
    String splitPosition = splitAt + ":" + splitLength + ":" + footer.getLong();
    Map<String, String> annotations = layer.annotations();
    if (!position.equals(annotations.get(POSITION))
        || !position.endsWith(":1")
        || !splitPosition.equals(annotations.get(TAR_SPLIT))
        || tableAt < FRAME
        || splitAt <= 0) {
      throw ScanFault.corrupt("zstd:chunked: blob and manifest do not name the same table");
    }
    byte[] table = tail.bytes(tableAt, tableAt + tableLength);
    verify(table, Digest.parse(annotations.getOrDefault(DIGEST, "")), "table of contents");
    return new ZstdChunkedTable(
        table, tail.bytes(splitAt, splitAt + splitLength), Math.min(tableAt, splitAt) - FRAME);
  }

  private static void verify(byte[] bytes, Digest expected, String what) {
    if (!expected.withHash(expected.newMessageDigest().digest(bytes)).equals(expected)) {
      throw ScanFault.corrupt("zstd:chunked: the " + what + " has another digest");
    }
  }

  @Override
  public ChunkedFormat format() {
    return ChunkedFormat.ZSTD_CHUNKED;
  }

  @Override
  public long endOfContent() {
    return endOfContent;
  }

  @Override
  public TocReader entries() {
    return new TocReader(decoded(table, TocReader.MAXIMUM_BYTES));
  }

  /** To be called once all entries were read: the digest of the tar-split stands behind them. */
  public void verifyTarSplit(TocReader read) {
    Digest expected = read.tarSplitDigest();
    if (expected == null) {
      throw ScanFault.corrupt("zstd:chunked: no digest of the tar-split");
    }
    verify(tarSplit, expected, "tar-split");
  }

  @Override
  public Iterator<TarPiece> pieces(TocReader entries, @Nullable Chunk lastChunk) {
    return new TarSplitPieces(decoded(tarSplit, MAXIMUM_TAR_SPLIT), entries);
  }

  private static InputStream decoded(byte[] compressed, long maximumBytes) {
    try {
      return TocReader.bounded(
          new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(compressed)), maximumBytes);
    } catch (IOException e) {
      throw ScanFault.corrupt("zstd:chunked: " + e, e);
    }
  }
}
