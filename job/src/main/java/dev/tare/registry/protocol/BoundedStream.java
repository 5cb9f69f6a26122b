package dev.tare.registry.protocol;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream as a stream of their own; closing it closes the other. */
public final class BoundedStream extends FilterInputStream {
  private long left;

  public BoundedStream(InputStream in, long lengthBytes) {
    super(in);
    this.left = lengthBytes;
  }

  @Override
  public int read() throws IOException {
    int b = left <= 0 ? -1 : in.read();
    left -= b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length > 0 && left <= 0) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, left));
    left -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), left);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
