package dev.tare.layer.partial;

import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.TocEntry.Chunk;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;

/** The content of one file, chunk by chunk, each verified before anything behind it is given. */
final class ChunkedFile implements AutoCloseable {
  private final ChunkedFormat format;
  private final PlannedRanges ranges;
  private final List<Chunk> chunks;
  private final long endOffset;
  private InputStream content = InputStream.nullInputStream();
  private MessageDigest hash;
  private int chunk = -1;
  private long left;

  /** {@code endOffset} is where the last chunk that will be read ends in the blob. */
  ChunkedFile(ChunkedFormat format, PlannedRanges ranges, List<Chunk> chunks, long endOffset) {
    this.format = format;
    this.ranges = ranges;
    this.chunks = chunks;
    this.endOffset = endOffset;
    this.hash = chunks.getFirst().digest().newMessageDigest();
  }

  /** Reads at least one byte; -1 at the end. */
  int read(byte[] target, int offset, int length) {
    try {
      if (left == 0 && !nextChunk()) {
        return -1;
      }
      int count = content.read(target, offset, (int) Math.min(length, left));
      if (count <= 0) {
        throw ScanFault.corrupt("a chunk ends " + ScanFault.number(left) + " bytes early");
      }
      hash.update(target, offset, count);
      left -= count;
      if (left == 0) {
        verify();
      }
      return count;
    } catch (IOException e) {
      throw ScanFault.corrupt("a chunk cannot be read: " + e, e);
    }
  }

  /** Reads what is left of the chunk that was begun, so that all that was given is verified. */
  void endChunk() {
    byte[] passed = new byte[8 << 10];
    while (left > 0) {
      read(passed, 0, passed.length);
    }
  }

  private boolean nextChunk() throws IOException {
    close();
    if (++chunk >= chunks.size()) {
      return false;
    }
    Chunk next = chunks.get(chunk);
    long end = chunk + 1 < chunks.size() ? chunks.get(chunk + 1).offsetBytes() : endOffset;
    content = format.decoded(ranges.chunk(next, end));
    hash = next.digest().newMessageDigest();
    left = next.sizeBytes();
    return true;
  }

  private void verify() {
    Chunk read = chunks.get(chunk);
    if (!read.digest().withHash(hash.digest()).equals(read.digest())) {
      throw ScanFault.corrupt(
          "the chunk at byte " + ScanFault.number(read.offsetBytes()) + " has another digest");
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
