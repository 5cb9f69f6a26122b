package dev.tare.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body on its way; ends with a {@link SlowTransferException} where too little comes. */
final class MeteredStream extends FilterInputStream {
  private final MinimumRate rate;

  private long leftBytes;
  private long windowNanos;
  private long windowBytes;

  /**
   * Reads a body.
   *
   * @param lengthBytes -1 where it is not known
   */
  MeteredStream(InputStream in, long lengthBytes, MinimumRate rate) {
    super(in);
    this.leftBytes = lengthBytes < 0 ? Long.MAX_VALUE : lengthBytes;
    this.rate = rate;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long before = System.nanoTime();
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      leftBytes -= count;
      count(count, System.nanoTime() - before);
    }
    return count;
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] buffer = new byte[(int) Math.min(Math.max(bytes, 0), 8192)];
    int count = buffer.length == 0 ? 0 : read(buffer, 0, buffer.length);
    return Math.max(count, 0);
  }

  private void count(int bytes, long nanos) throws IOException {
    windowBytes += bytes;
    windowNanos += nanos;
    if (windowNanos < rate.window().toNanos()) {
      return;
    }
    if (windowBytes < rate.bytesPerWindow()) {
      throw new SlowTransferException(windowBytes, windowNanos, rate);
    }
    windowBytes = 0;
    windowNanos = 0;
  }

  /** Reads the rest where it is here already; then its connection can be used again. */
  void finish() throws IOException {
    if (leftBytes <= in.available()) {
      in.skipNBytes(leftBytes);
      leftBytes = 0;
      if (in.read() >= 0) {
        throw new IOException("the body goes on behind its end");
      }
    }
  }
}
