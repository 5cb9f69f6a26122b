package dev.tare.inspect.packages.rpm;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import java.nio.ByteOrder;

/**
 * {@code Packages.db} of rpm's own database, little-endian:
 *
 * <pre>
 * 0     "RpmP" · version 0 (4) · generation (4) · pages of slots, of 4,096 bytes (4) · …
 * 32    slots: "Slot" · package (4), 0 where free · block (4), of 16 bytes · blocks (4)
 * block "BlbS" · package (4) · generation (4) · bytes (4) · header
 * </pre>
 *
 * @see <a
 *     href="https://github.com/rpm-software-management/rpm/blob/rpm-4.17.0-release/lib/backend/ndb/rpmpkg.c">rpmpkg.c</a>
 */
final class NdbPackages {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final int PAGE = 4_096;
  private static final int SLOT = 16;
  private static final int BLOCK = 16;

  private final ByteReader bytes;

  NdbPackages(ByteReader bytes) {
    this.bytes = bytes;
  }

  static boolean isDatabase(ByteReader bytes) {
    return bytes.hasAt(0, "RpmP");
  }

  void read(RpmDatabase.Headers headers) throws UnreadableException {
    long version = bytes.number32(4, LITTLE);
    if (version != 0) {
      throw new UnreadableException("an ndb database of version " + version + ", expected 0");
    }
    long end = Math.min(bytes.number32(12, LITTLE) * PAGE, bytes.length());
    long taken = 0;
    for (long slot = 2 * SLOT; slot + SLOT <= end; slot += SLOT) {
      if (!bytes.hasAt(slot, "Slot")) {
        throw new UnreadableException("no slot at " + slot);
      }
      long item = bytes.number32(slot + 4, LITTLE);
      if (item == 0) {
        continue;
      }
      long block = bytes.number32(slot + 8, LITTLE) * BLOCK;
      if (!bytes.hasAt(block, "BlbS") || bytes.number32(block + 4, LITTLE) != item) {
        throw new UnreadableException("package " + item + ": no block of it at " + block);
      }
      long size = bytes.number32(block + 12, LITTLE);
      taken += size;
      if (taken > bytes.length()) {
        throw new UnreadableException("packages overlap, from package " + item + " on");
      }
      headers.take(bytes.copy(block + BLOCK, size));
    }
  }
}
