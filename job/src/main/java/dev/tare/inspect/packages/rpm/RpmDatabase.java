package dev.tare.inspect.packages.rpm;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.content.UnreadableException;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A database of rpm, told by its content: SQLite (Fedora 33, RHEL 9 and later), ndb (SUSE) or a
 * hash of Berkeley DB (before), of either byte order. Each holds a header a package, with an index
 * that is not read.
 *
 * @see <a href="https://rpm.org/wiki/Releases/4.16.0">Backends of rpm</a>
 */
final class RpmDatabase {
  private RpmDatabase() {}

  /**
   * Whether a file begins like one of the three. Other files of SQLite and Berkeley DB do, too:
   * these name no packages.
   */
  static boolean mayBegin(FileStart start) {
    return start.startsWith("SQLite format 3")
        || start.startsWith("RpmP")
        || start.standsAt(12, "a\u0015\u0006")
        || start.standsAt(13, "\u0006\u0015a");
  }

  /** Takes the headers of a database one by one. */
  interface Headers {
    /**
     * One header.
     *
     * @param bytes of its own
     */
    void take(byte[] bytes);
  }

  /** Reduces a database to {@link PackageText}. */
  public static byte[] reduce(byte[] content) {
    PackageText text = new PackageText();
    Headers headers =
        bytes -> {
          try {
            RpmHeader.parse(bytes).addTo(text);
          } catch (UnreadableException e) {
            text.addFailure(e.getMessage());
          }
        };
    try {
      ByteReader reader = new ByteReader(content);
      if (SqliteTable.isDatabase(reader)) {
        new SqliteTable(reader).readBlobs("Packages", headers);
      } else if (NdbPackages.isDatabase(reader)) {
        new NdbPackages(reader).read(headers);
      } else if (BerkeleyHash.isDatabase(reader)) {
        new BerkeleyHash(reader).read(headers);
      } else {
        text.addFailure("neither SQLite nor ndb nor a hash of Berkeley DB");
      }
    } catch (UnreadableException e) {
      text.addFailure(e.getMessage());
    }
    return text.toBytes();
  }

  /**
   * {@code container-manifest-2} of Azure Linux's distroless images: a line a package, fields
   * parted by tabs: name, version-release, time of installation, time of build, vendor, epoch,
   * size, architecture, epoch again, source package.
   */
  public static byte[] reduceManifest(byte[] content) {
    PackageText text = new PackageText();
    TextLines.of(content)
        .filter(line -> !line.isBlank())
        .forEach(line -> addLine(line.split("\t", -1), text::add, text::addFailure));
    return text.toBytes();
  }

  private static void addLine(
      String[] fields, Consumer<PackageRecord> packages, Consumer<String> failed) {
    if (fields.length < 10) {
      failed.accept("a line of " + fields.length + " fields, expected 10");
      return;
    }
    packages.accept(
        new PackageRecord(
            "rpm",
            fields[0],
            RpmHeader.withEpoch(fields[8], fields[1]),
            known(fields[7]),
            known(fields[9]),
            fields[6].matches("\\d{1,15}") ? Long.valueOf(fields[6]) : null));
  }

  private static @Nullable String known(String field) {
    return field.isEmpty() || field.equals("(none)") ? null : field;
  }
}
