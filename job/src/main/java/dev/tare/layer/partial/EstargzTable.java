package dev.tare.layer.partial;

import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.TocEntry.Chunk;
import dev.tare.layer.tar.TarEnding;
import dev.tare.layer.tar.TarHeader;
import dev.tare.layer.tar.TarSource;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The table of contents of an eStargz layer: the last entry of the tar, a gzip member of its own,
 * and behind it a footer that says where that member begins.
 *
 * @see <a
 *     href="https://github.com/containerd/stargz-snapshotter/blob/main/docs/estargz.md">eStargz</a>
 */
public final class EstargzTable implements ContentsTable {
  /** The annotation that names the digest of the table. */
  public static final String DIGEST = "containerd.io/snapshot/stargz/toc.digest";

  /** The annotation that says how long the tar is. */
  public static final String UNCOMPRESSED_SIZE = "io.containers.estargz.uncompressed-size";

  private static final int FOOTER = 51;
  private static final Pattern EXTRA = Pattern.compile("SG\\x16\\x00([0-9a-f]{16})STARGZ");

  private final BlobTail tail;
  private final byte[] member;
  private final byte[] block;
  private final TarHeader header;
  private final long endOfContent;

  private EstargzTable(BlobTail tail, byte[] member, byte[] block, long endOfContent) {
    this.tail = tail;
    this.member = member;
    this.block = block;
    this.header = TarHeader.parse(block, 0);
    this.endOfContent = endOfContent;
  }

  /** The table that the manifest names; a {@link ScanFault} where there is none, or another. */
  public static EstargzTable of(BlobTail tail, Descriptor layer) {
    long size = layer.sizeBytes();
    byte[] footer = tail.bytes(size - FOOTER, size);
    Matcher extra = EXTRA.matcher(new String(footer, 12, 26, StandardCharsets.ISO_8859_1));
    if (footer[0] != 0x1f || footer[1] != (byte) 0x8b || footer[3] != 4 || !extra.matches()) {
      throw ScanFault.corrupt("eStargz: no footer");
    }
    long at = Long.parseUnsignedLong(extra.group(1), 16);
    byte[] member = tail.bytes(at, size - FOOTER);
    try (InputStream tar = tar(member)) {
      byte[] block = tar.readNBytes(TarSource.BLOCK);
      if (block.length < TarSource.BLOCK) {
        throw ScanFault.corrupt("eStargz: the table of contents is cut off");
      }
      EstargzTable table = new EstargzTable(tail, member, block, at);
      table.verify(Digest.parse(layer.annotations().getOrDefault(DIGEST, "")));
      return table;
    } catch (IOException e) {
      throw ScanFault.corrupt("eStargz: " + e, e);
    }
  }

  private void verify(Digest expected) throws IOException {
    MessageDigest hash = expected.newMessageDigest();
    byte[] piece = new byte[8 << 10];
    try (InputStream json = json()) {
      for (int count = json.read(piece); count > 0; count = json.read(piece)) {
        hash.update(piece, 0, count);
      }
    }
    if (!expected.withHash(hash.digest()).equals(expected)) {
      throw ScanFault.corrupt("eStargz: the table of contents has another digest");
    }
  }

  @Override
  public ChunkedFormat format() {
    return ChunkedFormat.ESTARGZ;
  }

  @Override
  public long endOfContent() {
    return endOfContent;
  }

  @Override
  public TocReader entries() {
    try {
      return new TocReader(json());
    } catch (IOException e) {
      throw ScanFault.corrupt("eStargz: " + e, e);
    }
  }

  private InputStream json() throws IOException {
    if (header.sizeBytes() > TocReader.MAXIMUM_BYTES) {
      throw ScanFault.corrupt("eStargz: the table of contents is too large");
    }
    InputStream tar = tar(member);
    tar.skipNBytes(TarSource.BLOCK);
    return TocReader.bounded(tar, header.sizeBytes());
  }

  private static InputStream tar(byte[] member) throws IOException {
    return new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(member)));
  }

  /** The table is an entry like others, unless end blocks stand before it. */
  @Override
  public EstargzPieces pieces(TocReader entries, @Nullable Chunk lastChunk) {
    TarPiece.Raw endBlocks = new TarPiece.Raw(new byte[2 * TarSource.BLOCK]);
    if (hasEnded(lastChunk)) {
      return new EstargzPieces(entries, List.of(endBlocks));
    }
    int filling = (int) (-header.sizeBytes() & (TarSource.BLOCK - 1));
    return new EstargzPieces(
        entries,
        List.of(
            new TarPiece.Raw(block),
            new TarPiece.Content(header.sizeBytes(), List.of()),
            new TarPiece.Raw(new byte[filling]),
            endBlocks));
  }

  /** A member begins with a chunk and goes on up to the next one. */
  private boolean hasEnded(@Nullable Chunk lastChunk) {
    long from = lastChunk == null ? 0 : lastChunk.offsetBytes();
    try (InputStream last = new GZIPInputStream(tail.stream(from, endOfContent))) {
      last.skipNBytes(lastChunk == null ? 0 : lastChunk.sizeBytes());
      return TarEnding.standsAtTheEndOf(last);
    } catch (IOException e) {
      throw ScanFault.corrupt("eStargz: before the table of contents: " + e, e);
    }
  }
}
