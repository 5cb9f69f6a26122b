package dev.tare.inspect.packages.rpm;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import java.nio.ByteOrder;

/**
 * A hash of Berkeley DB as rpm wrote it, in the byte order of the machine that made it. Values
 * longer than a quarter of a page stand in a chain of overflow pages.
 *
 * <pre>
 * page 0   12: magic 0x061561 · 20: bytes of a page · 32: number of the last page
 * page     16: next page · 20: items (2) · 22: bytes used, of an overflow page (2) · 25: type (1)
 * hash     26: where each item begins (2); a key, its value, a key …
 * item     type (1): 1 the bytes follow; 3: (3) · page (4) · bytes (4)
 * overflow 26: bytes
 * </pre>
 *
 * @see <a href="https://github.com/berkeleydb/libdb/blob/master/src/dbinc/db_page.h">db_page.h</a>
 */
final class BerkeleyHash {
  private static final long MAGIC = 0x061561;
  private static final int PAGE_HEADER = 26;
  private static final int UNSORTED_HASH = 2;
  private static final int OVERFLOW = 7;
  private static final int SORTED_HASH = 13;
  private static final int INLINE = 1;
  private static final int OFF_PAGE = 3;

  /** The value of key 0 is the number of the last package. */
  private static final int SHORTEST_HEADER = 24;

  private final ByteReader bytes;
  private final ByteOrder order;
  private final int pageSize;
  private long taken;

  BerkeleyHash(ByteReader bytes) throws UnreadableException {
    this.bytes = bytes;
    this.order =
        bytes.number32(12, ByteOrder.LITTLE_ENDIAN) == MAGIC
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    long size = bytes.number32(20, order);
    if (size < 512 || size > 65_536) {
      throw new UnreadableException("pages of " + size + " bytes, expected 512 to 65,536");
    }
    this.pageSize = (int) size;
  }

  static boolean isDatabase(ByteReader bytes) throws UnreadableException {
    return bytes.length() >= 72
        && (bytes.number32(12, ByteOrder.LITTLE_ENDIAN) == MAGIC
            || bytes.number32(12, ByteOrder.BIG_ENDIAN) == MAGIC);
  }

  void read(RpmDatabase.Headers headers) throws UnreadableException {
    long last = bytes.number32(32, order);
    if ((last + 1) * pageSize > bytes.length()) {
      throw new UnreadableException(
          "expected " + (last + 1) + " pages, there are " + bytes.length() / pageSize);
    }
    for (long page = 1; page <= last; page++) {
      int type = bytes.octet(page * pageSize + 25);
      if (type == UNSORTED_HASH || type == SORTED_HASH) {
        readPage(page * pageSize, headers);
      }
    }
  }

  private void readPage(long page, RpmDatabase.Headers headers) throws UnreadableException {
    int items = bytes.number16(page + 20, order);
    int before = pageSize;
    for (int i = 0; i < items; i++) {
      int offset = bytes.number16(page + PAGE_HEADER + 2L * i, order);
      if (offset < PAGE_HEADER || offset >= pageSize) {
        throw new UnreadableException("an item at " + offset + " of the page at " + page);
      }
      if (i % 2 == 1) {
        readValue(page + offset, before - offset, headers);
      }
      before = offset;
    }
  }

  private void readValue(long item, int size, RpmDatabase.Headers headers)
      throws UnreadableException {
    switch (bytes.octet(item)) {
      case INLINE -> {
        if (size > SHORTEST_HEADER) {
          headers.take(bytes.copy(item + 1, size - 1L));
        }
      }
      case OFF_PAGE ->
          headers.take(chain(bytes.number32(item + 4, order), bytes.number32(item + 8, order)));
      default -> throw new UnreadableException("an item of an unknown type at " + item);
    }
  }

  private byte[] chain(long firstPage, long size) throws UnreadableException {
    taken += size;
    if (taken > bytes.length()) {
      throw new UnreadableException("values of more bytes than the database has");
    }
    byte[] value = new byte[(int) size];
    int done = 0;
    for (long page = firstPage; page != 0 && done < size; ) {
      long at = page * pageSize;
      int used = bytes.number16(at + 22, order);
      if (bytes.octet(at + 25) != OVERFLOW || used == 0 || used > pageSize - PAGE_HEADER) {
        throw new UnreadableException("page " + page + " does not continue a value");
      }
      int count = (int) Math.min(used, size - done);
      bytes.copy(at + PAGE_HEADER, value, done, count);
      done += count;
      page = bytes.number32(at + 16, order);
    }
    if (done < size) {
      throw new UnreadableException("a value ends at " + done + " bytes, expected " + size);
    }
    return value;
  }
}
