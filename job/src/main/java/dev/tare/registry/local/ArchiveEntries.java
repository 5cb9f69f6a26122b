package dev.tare.registry.local;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of an archive that holds images: short names, few entries. commons-compress
 * reads the headers one by one; its own stream would take in extended headers of any size.
 */
final class ArchiveEntries {
  /** An image has two entries a layer and some more. */
  static final int MOST_ENTRIES = 100_000;

  private static final int BLOCK = 512;
  private static final int LONGEST_EXTENSION_BYTES = 64 << 10;

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  private long position;
  private int entries;

  /** Over a tar from its first byte; closing it is the caller's. */
  ArchiveEntries(InputStream in) {
    this.in = in;
  }

  /**
   * A regular file or link.
   *
   * @param linkTarget null for a file
   * @param offsetBytes of the content in the tar
   */
  record Entry(String name, @Nullable String linkTarget, long offsetBytes, long sizeBytes) {}

  /**
   * The next file or link; null at the end. Its content is to be {@link #pass passed} by the
   * caller.
   */
  @Nullable Entry next() throws IOException {
    String longName = null;
    long size = -1;
    while (readBlock()) {
      if (++entries > MOST_ENTRIES) {
        throw new TareException(
            FailureKind.LIMIT, "it has more than " + MOST_ENTRIES + " entries, the limit");
      }
      TarArchiveEntry header = header();
      boolean pax = header.isPaxHeader();
      if (pax || header.isGNULongNameEntry()) {
        byte[] extension = extension(header.getSize());
        if (pax) {
          longName = record(extension, "path", longName);
          String stated = record(extension, "size", null);
          size = stated == null ? size : number(stated);
        } else {
          longName = new String(extension, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
        }
        continue;
      }
      long length = size < 0 ? header.getSize() : size;
      boolean link = header.isSymbolicLink() || header.isLink();
      if (link || isFile(header)) {
        String name = LocalNames.normalised(longName == null ? header.getName() : longName);
        return new Entry(name, link ? target(header, name) : null, position, link ? 0 : length);
      }
      pass(length);
      longName = null;
      size = -1;
    }
    return null;
  }

  /** Passes over content and what fills up its last block. */
  void pass(long bytes) throws IOException {
    long padded = bytes + (BLOCK - bytes % BLOCK) % BLOCK;
    in.skipNBytes(padded);
    position += padded;
  }

  /** Takes note that somebody else has read the content of this entry. */
  void passed(long bytes) throws IOException {
    position += bytes;
    long padding = (BLOCK - bytes % BLOCK) % BLOCK;
    in.skipNBytes(padding);
    position += padding;
  }

  private static boolean isFile(TarArchiveEntry header) {
    byte type = header.getLinkFlag();
    return (type == 0 || type == '0' || type == '7') && !header.getName().endsWith("/");
  }

  private static String target(TarArchiveEntry header, String name) {
    String target = header.getLinkName();
    int slash = name.lastIndexOf('/');
    return LocalNames.normalised(
        header.isLink() || slash < 0 ? target : name.substring(0, slash + 1) + target);
  }

  private TarArchiveEntry header() throws IOException {
    try {
      TarArchiveEntry header =
          new TarArchiveEntry(block, ZipEncodingHelper.getZipEncoding("UTF-8"), false);
      if (header.isCheckSumOK() && header.getSize() >= 0) {
        return header;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("not a tar header at byte " + (position - BLOCK), e);
    }
    throw new IOException("not a tar header at byte " + (position - BLOCK));
  }

  private byte[] extension(long size) throws IOException {
    if (size > LONGEST_EXTENSION_BYTES) {
      throw new TareException(
          FailureKind.LIMIT,
          "it has an extended header of "
              + size
              + " bytes, the limit is "
              + LONGEST_EXTENSION_BYTES);
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new EOFException("it ends inside an extended header");
    }
    passed(size);
    return content;
  }

  /** The value of a record {@code LENGTH KEY=VALUE\n}. */
  private static @Nullable String record(byte[] records, String key, @Nullable String otherwise) {
    String found = otherwise;
    for (String line : new String(records, StandardCharsets.UTF_8).split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0 && line.startsWith(key + "=", blank + 1)) {
        found = line.substring(blank + key.length() + 2);
      }
    }
    return found;
  }

  private static long number(String digits) throws IOException {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IOException("an extended header has the size \"" + LocalNames.shown(digits) + "\"");
    }
    return Long.parseLong(digits);
  }

  private boolean readBlock() throws IOException {
    int count = in.readNBytes(block, 0, BLOCK);
    position += count;
    if (count > 0 && count < BLOCK) {
      throw new EOFException("it ends inside a tar header");
    }
    return count == BLOCK && !Arrays.equals(block, new byte[BLOCK]);
  }
}
