package dev.tare.layer.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing byte array with the few forms that indexes are made of; read by {@link ByteCursor}. */
public final class ByteSink {
  private byte[] bytes;
  private int length;

  public ByteSink(int capacity) {
    this.bytes = new byte[capacity];
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  public void octet(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, lowest first, the eighth bit set on all but the last byte. */
  public void number(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  public void raw(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Length, then content. */
  public void block(byte[] content) {
    number(content.length);
    raw(content, 0, content.length);
  }

  public void text(String text) {
    block(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text that may be missing. */
  public void optional(@Nullable String text) {
    octet(text == null ? 0 : 1);
    if (text != null) {
      text(text);
    }
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.addExact(length, length / 2)));
    }
  }
}
