package dev.tare.layer.tar;

import dev.tare.layer.blob.ScanFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of one extended header: {@code 30 mtime=1350244992.023960108\n}, the length counting
 * the whole record. A record with an empty value takes an earlier one back. Values are bytes:
 * {@code hdrcharset} changes nothing, because paths are not taken to be UTF-8 anyway.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03">pax
 *     Extended Header</a>
 */
final class PaxRecords {
  static final PaxRecords NONE = new PaxRecords();

  private final Map<String, byte[]> values = new HashMap<>();

  /** Offsets and lengths of sparse format 0.0, which repeats the same two keys. */
  private final List<byte[]> sparsePieces = new ArrayList<>();

  private PaxRecords() {}

  static PaxRecords parse(byte[] data) {
    PaxRecords records = new PaxRecords();
    int start = 0;
    while (start < data.length) {
      int blank = find(data, ' ', start, Math.min(data.length, start + 20));
      long length = blank < 0 ? -1 : decimal(data, start, blank);
      if (length <= blank + 1 - start || length > data.length - start) {
        throw malformed();
      }
      int end = start + (int) length;
      int equals = find(data, '=', blank + 1, end);
      if (equals <= blank + 1 || data[end - 1] != '\n') {
        throw malformed();
      }
      records.put(
          new String(data, blank + 1, equals - blank - 1, StandardCharsets.UTF_8),
          Arrays.copyOfRange(data, equals + 1, end - 1));
      start = end;
    }
    return records;
  }

  private void put(String key, byte[] value) {
    boolean name = key.equals("path") || key.equals("linkpath") || key.equals("GNU.sparse.name");
    if (name && find(value, 0, 0, value.length) >= 0) {
      throw ScanFault.corrupt("pax header: " + key + " holds a NUL");
    }
    if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
      sparsePieces.add(value);
    } else if (value.length == 0) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  byte @Nullable [] bytes(String key) {
    return values.get(key);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  boolean isText(String key, String expected) {
    byte[] value = values.get(key);
    return value != null && EntryPath.text(value).equals(expected);
  }

  /** The decimal number of this key, or {@code otherwise} where there is none. */
  long number(String key, long otherwise) {
    byte[] value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    long number = decimal(value, 0, value.length);
    if (number < 0) {
      throw ScanFault.corrupt("pax header: " + key + " is not a number of zero or more");
    }
    return number;
  }

  List<byte[]> sparsePieces() {
    return sparsePieces;
  }

  /** Digits as a number; -1 where there are none, others, or too many. */
  static long decimal(byte[] data, int from, int to) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (data[i] < '0' || data[i] > '9') {
        return -1;
      }
      value = value * 10 + data[i] - '0';
    }
    return value;
  }

  private static int find(byte[] data, int wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (data[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static ScanFault malformed() {
    return ScanFault.corrupt("pax header: expected records of the form \"LENGTH KEY=VALUE\"");
  }
}
