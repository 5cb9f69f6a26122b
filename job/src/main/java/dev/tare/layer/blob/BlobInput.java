package dev.tare.layer.blob;

import static dev.tare.layer.blob.ScanFault.number;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The compressed bytes of a blob: buffered for look-ahead, counted and hashed as they arrive, never
 * more than the descriptor says. As an InputStream it never throws IOException: a failing source is
 * a {@link ScanFault} of kind TRANSIENT, so that decoders cannot take it for corrupt content.
 */
public final class BlobInput extends InputStream {
  /** How far {@link #unread} reaches back behind what a {@link #request} moved. */
  static final int HISTORY = 8;

  private static final int CAPACITY = 128 << 10;

  private final InputStream source;
  private final Descriptor descriptor;
  private final MessageDigest hash;
  private final byte[] buffer = new byte[CAPACITY];
  private int position;
  private int limit;
  private long received;
  private boolean ended;
  private @Nullable Digest digestOfAll;

  public BlobInput(InputStream source, Descriptor descriptor) {
    this.source = source;
    this.descriptor = descriptor;
    this.hash = descriptor.digest().newMessageDigest();
  }

  /** The buffer; bytes {@code position()} to {@code position() + available()} are unread. */
  byte[] array() {
    return buffer;
  }

  int position() {
    return position;
  }

  @Override
  public int available() {
    return limit - position;
  }

  /** Bytes taken from the source so far. */
  public long received() {
    return received;
  }

  /** Tries to have {@code count} unread bytes in the buffer; false where the blob ends before. */
  public boolean request(int count) {
    while (limit - position < count && !ended) {
      fill();
    }
    return limit - position >= count;
  }

  /** Marks {@code count} buffered bytes as read. */
  void consume(int count) {
    position += count;
  }

  /** Makes the last {@code count} bytes unread again: up to {@link #HISTORY} across a request. */
  void unread(int count) {
    position -= count;
  }

  /** The unread byte at this distance, which was requested before. */
  public int peek(int distance) {
    return buffer[position + distance] & 0xff;
  }

  @Override
  public int read() {
    return request(1) ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!request(1)) {
      return -1;
    }
    int count = Math.min(length, available());
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  /** Reads the rest, then compares size and digest with the descriptor. */
  public void verify() {
    while (request(1)) {
      consume(available());
    }
    if (received != descriptor.sizeBytes()) {
      throw ScanFault.corrupt(
          "expected "
              + number(descriptor.sizeBytes())
              + " bytes, stream ended at "
              + number(received));
    }
    Digest actual = digestOfAll();
    if (!actual.equals(descriptor.digest())) {
      throw ScanFault.corrupt(
          "digest mismatch: the " + number(received) + " bytes received have " + actual);
    }
  }

  /** The digest of all that was received, also when asked again. */
  private Digest digestOfAll() {
    Digest known = digestOfAll;
    if (known == null) {
      known = descriptor.digest().withHash(hash.digest());
      digestOfAll = known;
    }
    return known;
  }

  private void fill() {
    if (buffer.length - limit < CAPACITY / 2) {
      int keep = Math.max(0, position - HISTORY);
      System.arraycopy(buffer, keep, buffer, 0, limit - keep);
      limit -= keep;
      position -= keep;
    }
    int count;
    try {
      count = source.read(buffer, limit, buffer.length - limit);
    } catch (IOException e) {
      throw ScanFault.fetch(
          "stream failed at byte "
              + number(received)
              + " of "
              + number(descriptor.sizeBytes())
              + ": "
              + e,
          e);
    }
    if (count < 0) {
      ended = true;
      return;
    }
    hash.update(buffer, limit, count);
    limit += count;
    received += count;
    if (received > descriptor.sizeBytes()) {
      throw ScanFault.corrupt(
          "expected " + number(descriptor.sizeBytes()) + " bytes, stream goes on after that");
    }
  }
}
