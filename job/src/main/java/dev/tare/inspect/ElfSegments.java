package dev.tare.inspect;

import java.nio.ByteOrder;

/**
 * Where the writable data of an ELF file begins.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html">Program
 *     header</a>
 */
final class ElfSegments {
  private static final int LOAD = 1;
  private static final int WRITABLE = 2;
  private static final int MOST_HEADERS = 64;

  private ElfSegments() {}

  static boolean isElf(byte[] start) {
    return start.length > 6
        && start[0] == 0x7f
        && start[1] == 'E'
        && start[2] == 'L'
        && start[3] == 'F';
  }

  /** Offset in the file of the first writable segment; a very large number where there is none. */
  static long dataOffset(byte[] start) {
    if (!isElf(start)) {
      return Long.MAX_VALUE;
    }
    try {
      ByteReader bytes = new ByteReader(start);
      boolean wide = start[4] == 2;
      ByteOrder order = start[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      long headers = wide ? bytes.number64(32, order) : bytes.number32(28, order);
      int size = bytes.number16(wide ? 54 : 42, order);
      int count = Math.min(MOST_HEADERS, bytes.number16(wide ? 56 : 44, order));
      for (int i = 0; i < count; i++) {
        long at = headers + (long) i * size;
        long flags = bytes.number32(at + (wide ? 4 : 24), order);
        if (bytes.number32(at, order) == LOAD && (flags & WRITABLE) != 0) {
          return wide ? bytes.number64(at + 8, order) : bytes.number32(at + 4, order);
        }
      }
    } catch (UnreadableException e) {
      return Long.MAX_VALUE; // Truncated or no program: it has no data to look into.
    }
    return Long.MAX_VALUE;
  }
}
