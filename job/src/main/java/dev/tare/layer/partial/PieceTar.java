package dev.tare.layer.partial;

import dev.tare.layer.ContentReader;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.tar.TarSource;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar that is put together from its pieces; the content of a file is fetched when it is read, and
 * not at all when it is passed over.
 */
public final class PieceTar implements TarSource, AutoCloseable {
  private final Iterator<TarPiece> pieces;
  private final ChunkedFormat format;
  private final PlannedRanges ranges;
  private final RangePlan plan;
  private final byte[] block = new byte[BLOCK];
  private final byte[] piece = new byte[32 << 10];

  private byte[] raw = new byte[0];
  private int rawAt;
  private List<TocEntry.Chunk> chunks = List.of();
  private long contentLeft;
  private @Nullable ChunkedFile file;
  private long sizeBytes;

  public PieceTar(
      Iterator<TarPiece> pieces, ChunkedFormat format, PlannedRanges ranges, RangePlan plan) {
    this.pieces = pieces;
    this.format = format;
    this.ranges = ranges;
    this.plan = plan;
  }

  /** How long the tar is, after going to its end. */
  public long finish() {
    while (toBytes()) {
      skip(Long.MAX_VALUE);
    }
    return sizeBytes;
  }

  @Override
  public byte[] array() {
    return block;
  }

  @Override
  public int nextBlock() {
    int count = 0;
    while (count < BLOCK && toBytes()) {
      if (contentLeft > 0) {
        throw ScanFault.corrupt("parts of a tar: content where a header is expected");
      }
      int step = Math.min(BLOCK - count, raw.length - rawAt);
      System.arraycopy(raw, rawAt, block, count, step);
      rawAt += step;
      count += step;
    }
    if (count > 0 && count < BLOCK) {
      throw ScanFault.corrupt("parts of a tar: a header is cut off");
    }
    return count == 0 ? -1 : 0;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    int done = 0;
    while (done < length && toBytes()) {
      done += readSome(target, offset + done, length - done);
    }
    return done;
  }

  @Override
  public long pass(long length, ContentReader reader) {
    long done = 0;
    while (done < length && toBytes()) {
      int count = readSome(piece, 0, (int) Math.min(piece.length, length - done));
      reader.read(piece, 0, count);
      done += count;
    }
    return done;
  }

  @Override
  public long skip(long length) {
    long done = 0;
    while (done < length && toBytes()) {
      long step;
      if (contentLeft > 0) {
        endChunk();
        step = Math.min(length - done, contentLeft);
        contentLeft -= step;
      } else {
        step = Math.min(length - done, raw.length - rawAt);
        rawAt += (int) step;
      }
      done += step;
    }
    return done;
  }

  private int readSome(byte[] target, int offset, int length) {
    int count;
    if (contentLeft > 0) {
      count = content().read(target, offset, (int) Math.min(length, contentLeft));
      if (count < 0) {
        throw ScanFault.corrupt("parts of a tar: content ends early");
      }
      contentLeft -= count;
    } else {
      count = Math.min(length, raw.length - rawAt);
      System.arraycopy(raw, rawAt, target, offset, count);
      rawAt += count;
    }
    return count;
  }

  private ChunkedFile content() {
    ChunkedFile open = file;
    if (open == null) {
      if (chunks.isEmpty()) {
        throw ScanFault.corrupt("parts of a tar: content that is nowhere is needed");
      }
      long end = plan.endOfFile(chunks.getFirst().offsetBytes());
      open = new ChunkedFile(format, ranges, chunks, end);
      file = open;
    }
    return open;
  }

  private void endChunk() {
    ChunkedFile open = file;
    if (open != null) {
      open.endChunk();
      close();
    }
  }

  /** Goes to the next piece that is not empty where this one is used up; false at the end. */
  private boolean toBytes() {
    while (rawAt == raw.length && contentLeft == 0) {
      endChunk();
      if (!pieces.hasNext()) {
        return false;
      }
      switch (pieces.next()) {
        case TarPiece.Raw next -> {
          raw = next.bytes();
          rawAt = 0;
          sizeBytes += raw.length;
        }
        case TarPiece.Content next -> {
          chunks = next.chunks();
          contentLeft = next.sizeBytes();
          sizeBytes += contentLeft;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
        file = null;
      }
    } catch (IOException e) {
      throw ScanFault.fetch("part of the blob: " + e, e);
    }
  }
}
