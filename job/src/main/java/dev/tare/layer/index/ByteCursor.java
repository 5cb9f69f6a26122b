package dev.tare.layer.index;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteSink} wrote; BAD_CONTENT where it ends early. */
public final class ByteCursor {
  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteCursor(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  public ByteCursor(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  byte[] array() {
    return bytes;
  }

  int position() {
    return position;
  }

  boolean hasMore() {
    return position < end;
  }

  public int octet() {
    require(1);
    return bytes[position++] & 0xff;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw malformed();
  }

  /** A number that counts bytes or elements to come. */
  public int count() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed();
    }
    return (int) value;
  }

  /** Passes over bytes; where they begin. */
  int skip(int count) {
    require(count);
    position += count;
    return position - count;
  }

  public byte[] block() {
    int length = count();
    int from = skip(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  public String text() {
    int length = count();
    return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
  }

  @Nullable
  public String optional() {
    return octet() == 0 ? null : text();
  }

  public static TareException malformed() {
    return new TareException(
        FailureKind.BAD_CONTENT, "stored layer facts: truncated or not in the expected form");
  }

  private void require(int count) {
    if (count > end - position) {
      throw malformed();
    }
  }
}
