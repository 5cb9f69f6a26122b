package dev.tare.inspect.program;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import java.util.HashMap;
import java.util.Map;

/**
 * The pointers in the writable data of an ELF program. Where a program of 64 bits can be moved,
 * they stand in the table of relocations; otherwise in place.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html">Dynamic
 *     section</a>
 */
final class ElfPointers {
  private static final int TABLE = 7; // DT_RELA
  private static final int TABLE_SIZE = 8; // DT_RELASZ
  private static final int RELOCATION = 24;
  private static final int DYNAMIC_ENTRY = 16;
  private static final int MAX_RELOCATIONS = 1 << 18;
  private static final int MAX_DYNAMIC = 256;
  private static final long NONE = -1;

  private final ByteReader bytes;
  private final ElfSegments headers;
  private final Map<Long, Long> relocated = new HashMap<>();

  ElfPointers(byte[] file) throws UnreadableException {
    bytes = new ByteReader(file);
    headers = ElfSegments.of(file);
    for (ElfSegments.Segment segment : headers.segments()) {
      if (segment.isDynamic() && headers.wide()) {
        readRelocations(segment);
      }
    }
  }

  private void readRelocations(ElfSegments.Segment dynamic) throws UnreadableException {
    long table = NONE;
    long size = 0;
    for (int i = 0; i < Math.min(MAX_DYNAMIC, dynamic.size() / DYNAMIC_ENTRY); i++) {
      long at = dynamic.offset() + (long) i * DYNAMIC_ENTRY;
      long tag = word(at);
      if (tag == TABLE) {
        table = fileOffset(word(at + 8));
      } else if (tag == TABLE_SIZE) {
        size = word(at + 8);
      }
    }
    long count = table == NONE ? 0 : Math.min(MAX_RELOCATIONS, size / RELOCATION);
    for (long i = 0; i < count; i++) {
      long entry = table + i * RELOCATION;
      relocated.put(word(entry), word(entry + 16));
    }
  }

  /** Bytes of a pointer. */
  int size() {
    return headers.wide() ? 8 : 4;
  }

  /** Where the file holds what the pointer at this offset of the file points to; -1: nowhere. */
  long target(long offset) throws UnreadableException {
    for (ElfSegments.Segment segment : headers.segments()) {
      if (segment.isLoaded()
          && offset >= segment.offset()
          && offset - segment.offset() < segment.size()) {
        Long moved = relocated.get(offset - segment.offset() + segment.address());
        return fileOffset(moved == null ? word(offset) : moved);
      }
    }
    return NONE;
  }

  private long fileOffset(long address) {
    for (ElfSegments.Segment segment : headers.segments()) {
      if (segment.isLoaded() && segment.holds(address)) {
        return address - segment.address() + segment.offset();
      }
    }
    return NONE;
  }

  /** A word as a number; -1 where it has more than 63 bits, which is no address. */
  private long word(long at) throws UnreadableException {
    if (!headers.wide()) {
      return bytes.number32(at, headers.order());
    }
    boolean big = headers.order() == java.nio.ByteOrder.BIG_ENDIAN;
    return bytes.number32(big ? at : at + 4, headers.order()) > Integer.MAX_VALUE
        ? NONE
        : bytes.number64(at, headers.order());
  }
}
