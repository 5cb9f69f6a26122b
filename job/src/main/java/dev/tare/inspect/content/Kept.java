package dev.tare.inspect.content;

import dev.tare.layer.ContentInterest.Extraction;
import java.util.function.UnaryOperator;

/**
 * How much of a file is read at most, and what is kept of it.
 *
 * @param times how many times its size a file takes while it is reduced
 * @param reduction must not throw, whatever the content is
 * @param form its name, with a number that is counted up when it keeps something else; empty for
 *     one whose files are not recognised
 */
public record Kept(int maximumBytes, int times, UnaryOperator<byte[]> reduction, String form)
    implements Extraction {
  private static final int MIB = 1 << 20;

  /** A file of a megabyte at most, as it is. */
  public static final Kept SMALL_TEXT = text(1, UnaryOperator.identity()).as("text");

  /** Of one whose files are not recognised. */
  public Kept(int maximumBytes, int times, UnaryOperator<byte[]> reduction) {
    this(maximumBytes, times, reduction, "");
  }

  /** Of text, which is held as bytes and as text, and in lines. */
  public static Kept text(int maximumMib, UnaryOperator<byte[]> reduction) {
    return new Kept(maximumMib * MIB, 3, reduction);
  }

  /** Of content that is read as the bytes it is. */
  public static Kept bytes(int maximumMib, UnaryOperator<byte[]> reduction) {
    return new Kept(maximumMib * MIB, 1, reduction);
  }

  /** The same with a name. */
  public Kept as(String name) {
    return new Kept(maximumBytes, times, reduction, name);
  }

  @Override
  public long memoryBytes(long sizeBytes) {
    return times * sizeBytes;
  }

  @Override
  public byte[] reduce(byte[] content) {
    return reduction.apply(content);
  }
}
