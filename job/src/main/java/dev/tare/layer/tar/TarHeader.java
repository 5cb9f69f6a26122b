package dev.tare.layer.tar;

import dev.tare.layer.blob.ScanFault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one header block that a scan needs. Names are bytes as they stand there, the ustar
 * prefix in front.
 *
 * <pre>
 * offset  0 name 100 · 100 mode 8 · 108 uid 8 · 116 gid 8 · 124 size 12 · 136 mtime 12 · 148 checksum 8
 *       156 type 1 · 157 linkname 100 · 257 magic 6 · 263 version 2 · 345 prefix 155 (star: 131)
 * </pre>
 *
 * @param sizeBytes of the data that follows
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax, ustar
 *     Interchange Format</a>
 * @see <a href="https://www.gnu.org/software/tar/manual/html_node/Standard.html">GNU tar, Basic Tar
 *     Format</a>
 */
public record TarHeader(
    char type, byte[] name, byte[] linkName, long mode, long uid, long gid, long sizeBytes) {
  private static final int CHECKSUM = 148;
  private static final byte[] USTAR = "ustar\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STAR = "tar\0".getBytes(StandardCharsets.US_ASCII);

  /** Whether the block at this offset is zeros, which end an archive. */
  static boolean isZero(byte[] buffer, int offset) {
    for (int i = offset; i < offset + TarSource.BLOCK; i++) {
      if (buffer[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads the block at this offset; a {@link ScanFault} where it is no header. */
  public static TarHeader parse(byte[] buffer, int offset) {
    verifyChecksum(buffer, offset);
    byte[] name = text(buffer, offset, 100);
    if (matches(buffer, offset + 257, USTAR)) {
      boolean star = matches(buffer, offset + 508, STAR);
      byte[] prefix = text(buffer, offset + 345, star ? 131 : 155);
      if (prefix.length > 0) {
        byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        joined[prefix.length] = '/';
        System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
        name = joined;
      }
    }
    return new TarHeader(
        (char) (buffer[offset + 156] & 0xff),
        name,
        text(buffer, offset + 157, 100),
        number(buffer, offset + 100, 8, "mode"),
        number(buffer, offset + 108, 8, "uid"),
        number(buffer, offset + 116, 8, "gid"),
        number(buffer, offset + 124, 12, "size"));
  }

  /**
   * A number field: octal digits between blanks and NULs, or base 256 where the first bit is set.
   */
  static long number(byte[] buffer, int offset, int length, String field) {
    int first = buffer[offset] & 0xff;
    if ((first & 0x80) != 0) {
      return base256(buffer, offset, length, field);
    }
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(buffer[from])) {
      from++;
    }
    while (to > from && isBlank(buffer[to - 1])) {
      to--;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 7) {
        throw ScanFault.corrupt("tar header: " + field + " is not an octal number");
      }
      value = value << 3 | digit; // 12 digits at most: no overflow
    }
    return value;
  }

  private static long base256(byte[] buffer, int offset, int length, String field) {
    if ((buffer[offset] & 0x40) != 0) {
      throw ScanFault.corrupt("tar header: " + field + " is negative");
    }
    long value = buffer[offset] & 0x3f;
    for (int i = offset + 1; i < offset + length; i++) {
      if (value >>> 55 != 0) {
        throw ScanFault.corrupt("tar header: " + field + " is above 2^63");
      }
      value = value << 8 | (buffer[i] & 0xff);
    }
    return value;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == 0;
  }

  /** Old writers summed signed bytes, so both sums count: they differ only beyond ASCII. */
  private static void verifyChecksum(byte[] buffer, int offset) {
    long expected = number(buffer, offset + CHECKSUM, 8, "checksum");
    int signed = 8 * ' '; // The checksum counts as blanks.
    for (int i = offset; i < offset + CHECKSUM; i++) {
      signed += buffer[i];
    }
    for (int i = offset + CHECKSUM + 8; i < offset + TarSource.BLOCK; i++) {
      signed += buffer[i];
    }
    if (expected != signed && expected != signed + 256L * negatives(buffer, offset)) {
      throw ScanFault.corrupt("not a tar header: its checksum does not match");
    }
  }

  /** How many bytes beside the checksum count for 256 more where they are summed unsigned. */
  private static int negatives(byte[] buffer, int offset) {
    int negatives = 0;
    for (int i = 0; i < TarSource.BLOCK; i++) {
      if (buffer[offset + i] < 0 && (i < CHECKSUM || i >= CHECKSUM + 8)) {
        negatives++;
      }
    }
    return negatives;
  }

  private static byte[] text(byte[] buffer, int offset, int length) {
    int end = offset;
    while (end < offset + length && buffer[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(buffer, offset, end);
  }

  private static boolean matches(byte[] buffer, int offset, byte[] expected) {
    return Arrays.equals(buffer, offset, offset + expected.length, expected, 0, expected.length);
  }
}
