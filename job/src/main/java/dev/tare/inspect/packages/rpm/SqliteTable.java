package dev.tare.inspect.packages.rpm;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads one table of an SQLite database from bytes in memory, row by row: no SQL, no index, no
 * journal. SQLite itself is native code that wants a file, and nothing of a layer is written to
 * disk.
 *
 * <pre>
 * 0    "SQLite format 3\0" · 16: bytes of a page (2) · 20: reserved at a page's end (1)
 * page 5 inner, 13 leaf of a table (1) · 3: cells (2) · 8: last child, of an inner page (4) · cells' places (2 each)
 * cell inner: child (4) · row; leaf: bytes of the record · row · record · first overflow page (4)
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/fileformat.html">Database file format</a>
 */
final class SqliteTable {
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
  private static final int FILE_HEADER = 100;
  private static final int INNER = 5;
  private static final int LEAF = 13;

  private final ByteReader bytes;
  private final int pageSize;
  private final int usable;
  private long taken;

  SqliteTable(ByteReader bytes) throws UnreadableException {
    this.bytes = bytes;
    int size = bytes.number16(16, BIG);
    this.pageSize = size == 1 ? 65_536 : size;
    this.usable = pageSize - bytes.octet(20);
    if (usable < 480) {
      throw new UnreadableException("pages of " + usable + " bytes, expected at least 480");
    }
  }

  static boolean isDatabase(ByteReader bytes) {
    return bytes.hasAt(0, "SQLite format 3\0");
  }

  private interface Records {
    void take(byte[] row) throws UnreadableException;
  }

  /** The only blob of each row of a table. */
  void readBlobs(String table, RpmDatabase.Headers blobs) throws UnreadableException {
    long[] root = {0};
    walk(
        1,
        row -> {
          Columns columns = new Columns(row);
          if (columns.text(0).equals("table") && columns.text(1).equals(table)) {
            root[0] = columns.number(3);
          }
        });
    if (root[0] == 0) {
      throw new UnreadableException("an SQLite database without a table " + table);
    }
    taken = 0;
    walk(root[0], row -> blobs.take(new Columns(row).blob()));
  }

  private void walk(long root, Records records) throws UnreadableException {
    Deque<Long> pages = new ArrayDeque<>();
    Set<Long> seen = new HashSet<>();
    pages.push(root);
    while (!pages.isEmpty()) {
      long page = pages.pop();
      if (!seen.add(page)) {
        throw new UnreadableException("page " + page + " stands twice in one table");
      }
      long start = start(page);
      long header = page == 1 ? FILE_HEADER : start;
      int type = bytes.octet(header);
      int cells = bytes.number16(header + 3, BIG);
      if (type == LEAF) {
        for (int i = 0; i < cells; i++) {
          records.take(record(start + bytes.number16(header + 8 + 2L * i, BIG)));
        }
      } else if (type == INNER) {
        pages.push(bytes.number32(header + 8, BIG));
        for (int i = cells - 1; i >= 0; i--) {
          pages.push(bytes.number32(start + bytes.number16(header + 12 + 2L * i, BIG), BIG));
        }
      } else {
        throw new UnreadableException("page " + page + " is no page of a table");
      }
    }
  }

  private long start(long page) throws UnreadableException {
    if (page < 1 || page * pageSize > bytes.length()) {
      throw new UnreadableException("page " + page + ", there are " + bytes.length() / pageSize);
    }
    return (page - 1) * pageSize;
  }

  private byte[] record(long cell) throws UnreadableException {
    long[] size = varint(bytes, cell);
    long[] row = varint(bytes, size[1]);
    long content = row[1];
    taken += size[0];
    if (size[0] < 0 || taken > bytes.length()) {
      throw new UnreadableException("records of more bytes than the database has");
    }
    byte[] record = new byte[(int) size[0]];
    int done = local(record.length);
    bytes.copy(content, record, 0, done);
    if (done < record.length) {
      long page = bytes.number32(content + done, BIG);
      while (done < record.length) {
        long start = start(page);
        int count = Math.min(usable - 4, record.length - done);
        bytes.copy(start + 4, record, done, count);
        done += count;
        page = bytes.number32(start, BIG);
      }
    }
    return record;
  }

  /** How much of a record stands in its leaf. */
  private int local(int size) {
    int most = usable - 35;
    if (size <= most) {
      return size;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int fitting = least + (size - least) % (usable - 4);
    return fitting <= most ? fitting : least;
  }

  /** The number and where it ends: seven bits a byte, at most nine bytes. */
  private static long[] varint(ByteReader bytes, long at) throws UnreadableException {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      int octet = bytes.octet(at + i);
      value = value << 7 | (octet & 0x7f);
      if (octet < 0x80) {
        return new long[] {value, at + i + 1};
      }
    }
    return new long[] {value << 8 | bytes.octet(at + 8), at + 9};
  }

  /** A record: bytes of its header, a type a column, then the columns. */
  private static final class Columns {
    private final ByteReader row;

    Columns(byte[] row) {
      this.row = new ByteReader(row);
    }

    private record Column(long type, long at, long size) {}

    private Column column(int wanted) throws UnreadableException {
      long[] next = varint(row, 0);
      long end = next[0];
      long at = end;
      for (int i = 0; next[1] < end; i++) {
        next = varint(row, next[1]);
        long size = sizeOf(next[0]);
        if (i == wanted || (wanted < 0 && next[0] >= 12 && next[0] % 2 == 0)) {
          return new Column(next[0], at, size);
        }
        at += size;
      }
      throw new UnreadableException("a row without the column that is looked for");
    }

    private static long sizeOf(long type) throws UnreadableException {
      if (type < 0) {
        throw new UnreadableException("a column of an unknown type");
      }
      if (type >= 12) {
        return (type - 12) / 2;
      }
      return switch ((int) type) {
        case 5 -> 6;
        case 6, 7 -> 8;
        case 0, 8, 9 -> 0;
        default -> type;
      };
    }

    String text(int index) throws UnreadableException {
      Column column = column(index);
      return new String(row.copy(column.at(), column.size()), StandardCharsets.UTF_8);
    }

    long number(int index) throws UnreadableException {
      Column column = column(index);
      if (column.type() == 9) {
        return 1;
      }
      long value = 0;
      for (int i = 0; column.type() <= 6 && i < column.size(); i++) {
        value = value << 8 | row.octet(column.at() + i);
      }
      return value;
    }

    byte[] blob() throws UnreadableException {
      Column column = column(-1);
      return row.copy(column.at(), column.size());
    }
  }
}
