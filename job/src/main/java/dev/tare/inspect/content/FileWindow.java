package dev.tare.inspect.content;

/** A part of a file, filled as the file streams by. */
public record FileWindow(long start, byte[] bytes) {
  public static final FileWindow NONE = new FileWindow(0, new byte[0]);

  /** From {@code start}, {@code length} bytes or up to the end of the file. */
  public static FileWindow of(long start, long length, long size) {
    return start >= size
        ? NONE
        : new FileWindow(start, new byte[(int) Math.min(length, size - start)]);
  }

  /** Copies what belongs to it of a piece that stands at {@code at} in the file. */
  public void take(byte[] piece, int offset, int length, long at) {
    long from = Math.max(start, at);
    long end = Math.min(start + bytes.length, at + length);
    if (from < end) {
      System.arraycopy(
          piece, offset + (int) (from - at), bytes, (int) (from - start), (int) (end - from));
    }
  }
}
