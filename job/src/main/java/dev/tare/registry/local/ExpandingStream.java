package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a compressed file expands to, given up where that is more than any honest archive: a bomb of
 * a megabyte would keep a machine busy for hours.
 */
final class ExpandingStream extends FilterInputStream {
  /** A thousandfold: gzip cannot do more, and saved images reach ten. */
  private static final int MOST_EXPANSION = 1_000;

  /** Up to here anything goes: an image may hold a file of zeros. */
  private static final long FLOOR_BYTES = 4L << 30;

  private final long limit;
  private long count;

  ExpandingStream(InputStream in, long compressedBytes) {
    super(in);
    this.limit = limitBytes(compressedBytes);
  }

  /** How much a file of this size may hold. */
  static long limitBytes(long compressedBytes) {
    return Math.max(FLOOR_BYTES, compressedBytes * MOST_EXPANSION);
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    passed(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    passed(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(bytes);
    passed(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void passed(long bytes) {
    count += bytes;
    if (count > limit) {
      throw new TareException(
          FailureKind.LIMIT,
          "it expands to more than "
              + limit
              + " bytes, the limit: "
              + (FLOOR_BYTES >> 30)
              + " GiB or "
              + MOST_EXPANSION
              + " times its size");
    }
  }
}
