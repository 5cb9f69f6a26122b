package dev.tare.inspect.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers at places of untrusted bytes: a place beyond their end is an error that names it. */
public final class ByteReader {
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int length() {
    return bytes.length;
  }

  public int octet(long at) throws UnreadableException {
    return bytes[check(at, 1)] & 0xff;
  }

  /** Two bytes, unsigned. */
  public int number16(long at, ByteOrder order) throws UnreadableException {
    int first = octet(at);
    int second = octet(at + 1);
    return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
  }

  /** Four bytes, unsigned. */
  public long number32(long at, ByteOrder order) throws UnreadableException {
    int place = check(at, 4);
    int value = (int) (order == ByteOrder.BIG_ENDIAN ? BIG_INT : LITTLE_INT).get(bytes, place);
    return value & 0xffff_ffffL;
  }

  /** Eight bytes; those of more than 63 bits are an error. */
  public long number64(long at, ByteOrder order) throws UnreadableException {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    long high = number32(big ? at : at + 4, order);
    long low = number32(big ? at + 4 : at, order);
    if (high > Integer.MAX_VALUE) {
      throw new UnreadableException("the number at " + at + " has more than 63 bits");
    }
    return high << 32 | low;
  }

  public byte[] copy(long at, long count) throws UnreadableException {
    int place = check(at, count);
    return Arrays.copyOfRange(bytes, place, place + (int) count);
  }

  public void copy(long at, byte[] target, int offset, int count) throws UnreadableException {
    System.arraycopy(bytes, check(at, count), target, offset, count);
  }

  public boolean hasAt(long at, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
    return at >= 0
        && at <= bytes.length - wanted.length
        && Arrays.equals(bytes, (int) at, (int) at + wanted.length, wanted, 0, wanted.length);
  }

  /** Text up to the next NUL, which must come before {@code end}. */
  public String textUntilNul(long at, long end) throws UnreadableException {
    int start = check(at, 1);
    int nul = start;
    while (nul < end && nul < bytes.length && bytes[nul] != 0) {
      nul++;
    }
    if (nul >= end || nul >= bytes.length) {
      throw new UnreadableException("the text at " + at + " does not end");
    }
    return new String(bytes, start, nul - start, StandardCharsets.UTF_8);
  }

  /** Where the text at this place ends: behind its NUL. */
  public long afterNul(long at, long end) throws UnreadableException {
    int place = check(at, 1);
    while (place < end && place < bytes.length) {
      if (bytes[place++] == 0) {
        return place;
      }
    }
    throw new UnreadableException("the text at " + at + " does not end");
  }

  private int check(long at, long count) throws UnreadableException {
    if (at < 0 || count < 0 || at > bytes.length - count) {
      throw new UnreadableException(
          "expected " + count + " bytes at " + at + ", there are " + bytes.length + " in all");
    }
    return (int) at;
  }
}
