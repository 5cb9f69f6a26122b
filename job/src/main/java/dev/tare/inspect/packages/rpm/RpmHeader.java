package dev.tare.inspect.packages.rpm;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of an installed rpm, as its database holds it: big-endian, whatever the machine.
 *
 * <pre>
 * entries (4) · bytes of data (4) · entries × {tag (4), type (4), offset into data (4), count (4)} · data
 * </pre>
 *
 * @see <a href="https://rpm-software-management.github.io/rpm/manual/hregions.html">Header
 *     regions</a>
 */
final class RpmHeader {
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
  private static final int INTRODUCTION = 8;
  private static final int ENTRY = 16;

  /** As rpm has it: headerMaxbytes and its limit of tags. */
  private static final int MOST_ENTRIES = 65_535;

  private static final int INT32 = 4;
  private static final int INT64 = 5;
  private static final int STRING = 6;
  private static final int STRING_ARRAY = 8;
  private static final int INTERNATIONAL_STRING = 9;

  private static final int NAME = 1000;
  private static final int VERSION = 1001;
  private static final int RELEASE = 1002;
  private static final int EPOCH = 1003;
  private static final int SIZE = 1009;
  private static final int ARCHITECTURE = 1022;
  private static final int SOURCE = 1044;
  private static final int DIRECTORY_INDEXES = 1116;
  private static final int BASE_NAMES = 1117;
  private static final int DIRECTORY_NAMES = 1118;
  private static final int LONG_SIZE = 5009;

  private final ByteReader bytes;
  private final long data;
  private final long end;
  private final Map<Integer, Entry> entries;

  private record Entry(int type, long at, int count) {}

  private RpmHeader(ByteReader bytes, long data, long end, Map<Integer, Entry> entries) {
    this.bytes = bytes;
    this.data = data;
    this.end = end;
    this.entries = entries;
  }

  static RpmHeader parse(byte[] content) throws UnreadableException {
    ByteReader bytes = new ByteReader(content);
    long count = bytes.number32(0, BIG);
    long size = bytes.number32(4, BIG);
    if (count < 1 || count > MOST_ENTRIES) {
      throw new UnreadableException(
          "an rpm header of " + count + " entries, expected 1 to " + MOST_ENTRIES);
    }
    long data = INTRODUCTION + count * ENTRY;
    if (data + size > content.length) {
      throw new UnreadableException(
          "an rpm header ends at " + content.length + " bytes, expected " + (data + size));
    }
    Map<Integer, Entry> entries = new HashMap<>();
    for (long at = INTRODUCTION; at < data; at += ENTRY) {
      long offset = bytes.number32(at + 8, BIG);
      long items = bytes.number32(at + 12, BIG);
      if (offset < size && items <= size) {
        // Of two entries of a tag the later is a change of the installed package.
        entries.put(
            (int) bytes.number32(at, BIG),
            new Entry((int) bytes.number32(at + 4, BIG), data + offset, (int) items));
      }
    }
    return new RpmHeader(bytes, data, data + size, entries);
  }

  /** Adds the package and those of its files that may be programs. */
  void addTo(PackageText text) throws UnreadableException {
    String name = string(NAME);
    String version = string(VERSION);
    String release = string(RELEASE);
    if (name == null || version == null || release == null) {
      throw new UnreadableException(
          "an rpm header without name, version or release, at " + data + " bytes");
    }
    Long epoch = number(EPOCH);
    Long size = number(LONG_SIZE);
    text.add(
        new PackageRecord(
            "rpm",
            name,
            withEpoch(epoch == null ? "0" : epoch.toString(), version + "-" + release),
            string(ARCHITECTURE),
            string(SOURCE),
            size == null ? number(SIZE) : size));
    addFiles(text);
  }

  /** {@code 1:2.3-4}; an epoch of 0 or none is not written, as rpm does. */
  static String withEpoch(String epoch, String versionRelease) {
    return epoch.matches("0|\\(none\\)|") ? versionRelease : epoch + ":" + versionRelease;
  }

  private void addFiles(PackageText text) throws UnreadableException {
    Entry names = entries.get(BASE_NAMES);
    Entry indexes = entries.get(DIRECTORY_INDEXES);
    Entry directories = entries.get(DIRECTORY_NAMES);
    if (names == null
        || indexes == null
        || directories == null
        || names.type() != STRING_ARRAY
        || directories.type() != STRING_ARRAY
        || indexes.type() != INT32) {
      return;
    }
    String[] paths = new String[directories.count()];
    long place = directories.at();
    for (int i = 0; i < paths.length; i++) {
      paths[i] = bytes.textUntilNul(place, end);
      place = bytes.afterNul(place, end);
    }
    place = names.at();
    for (int i = 0; i < Math.min(names.count(), indexes.count()); i++) {
      long directory = bytes.number32(indexes.at() + 4L * i, BIG);
      if (directory < paths.length && ProgramDirectories.mayHold(paths[(int) directory])) {
        String path = paths[(int) directory] + bytes.textUntilNul(place, end);
        text.addFile(path.startsWith("/") ? path.substring(1) : path);
      }
      place = bytes.afterNul(place, end);
    }
  }

  private @Nullable String string(int tag) throws UnreadableException {
    Entry entry = entries.get(tag);
    if (entry == null
        || (entry.type() != STRING
            && entry.type() != STRING_ARRAY
            && entry.type() != INTERNATIONAL_STRING)) {
      return null;
    }
    return bytes.textUntilNul(entry.at(), end);
  }

  private @Nullable Long number(int tag) throws UnreadableException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.count() < 1) {
      return null;
    }
    return switch (entry.type()) {
      case INT32 -> bytes.number32(entry.at(), BIG);
      case INT64 -> bytes.number64(entry.at(), BIG);
      default -> null;
    };
  }
}
