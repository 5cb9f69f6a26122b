package dev.tare.layer.partial;

import static dev.tare.layer.blob.ScanFault.number;

import dev.tare.layer.BlobRanges;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.TocEntry.Chunk;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fetches the parts of a blob that a plan names, front to back, and counts what arrives. */
public final class PlannedRanges implements AutoCloseable {
  private final BlobRanges blob;
  private RangePlan plan = new RangePlan(0);
  private @Nullable InputStream stream;
  private long position;
  private long end;
  private long fetched;

  public PlannedRanges(BlobRanges blob) {
    this.blob = blob;
  }

  /** What is fetched from now on. */
  public void follow(RangePlan next) {
    plan = next;
  }

  /** Bytes that arrived so far. */
  public long fetched() {
    return fetched;
  }

  /** A part that no plan names, whole. */
  byte[] bytes(long offset, int length) {
    try (InputStream part = open(offset, length)) {
      byte[] bytes = part.readNBytes(length);
      fetched += bytes.length;
      if (bytes.length < length) {
        throw ended(offset + bytes.length, offset + length);
      }
      return bytes;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * The compressed bytes of a chunk and nothing behind it, until the next call; they need not all
   * be read.
   *
   * @param endOffset where they end
   */
  InputStream chunk(Chunk chunk, long endOffset) {
    long offset = chunk.offsetBytes();
    try {
      if (stream == null || offset < position || endOffset > end) {
        close();
        end = plan.endOfRange(offset);
        position = offset;
        stream = open(offset, end - offset);
      }
      if (endOffset > end) {
        throw new IllegalStateException("a chunk is planned in part");
      }
      skipTo(offset);
    } catch (IOException e) {
      throw lost(e);
    }
    return new Slice(Objects.requireNonNull(stream), endOffset);
  }

  private void skipTo(long offset) throws IOException {
    byte[] passed = new byte[(int) Math.min(8 << 10, offset - position)];
    while (position < offset) {
      if (read(passed, 0, (int) Math.min(passed.length, offset - position)) < 0) {
        throw ended(position, end);
      }
    }
  }

  private int read(byte[] target, int from, int length) throws IOException {
    int count = Objects.requireNonNull(stream).read(target, from, length);
    if (count > 0) {
      position += count;
      fetched += count;
    }
    return count;
  }

  private InputStream open(long offset, long length) {
    return blob.open(offset, length)
        .orElseThrow(() -> ScanFault.corrupt("parts of the blob are not given"));
  }

  private static ScanFault ended(long at, long expected) {
    return ScanFault.corrupt(
        "part of the blob: expected to end at " + number(expected) + ", ended at " + number(at));
  }

  private static ScanFault lost(IOException e) {
    return ScanFault.fetch("part of the blob: " + e, e);
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  /** The stream up to an offset; read by one decoder. */
  private final class Slice extends FilterInputStream {
    private final long until;

    Slice(InputStream in, long until) {
      super(in);
      this.until = until;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int most = (int) Math.min(length, until - position);
      return most <= 0 ? -1 : PlannedRanges.this.read(target, from, most);
    }

    @Override
    public int available() {
      return position < until ? 1 : 0;
    }

    /** Leaves the stream open for the next chunk. */
    @Override
    public void close() {}
  }
}
