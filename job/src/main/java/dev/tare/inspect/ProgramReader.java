package dev.tare.inspect;

import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentReader;
import java.util.Arrays;

/**
 * Reads an executable as it streams by, whatever its size: of a script its first line; of an ELF
 * file the beginning, for signatures and tables of applets, and the beginning of its writable data,
 * where Go keeps what a program was built of.
 */
final class ProgramReader implements ContentReader {
  /** For a program that a container may be started with. */
  static final Extraction STARTABLE = new Streaming(true);

  /** For one whose first line nobody asks for. */
  static final Extraction BINARY = new Streaming(false);

  private record Streaming(boolean scripts) implements Extraction {
    @Override
    public int maximumBytes() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long memoryBytes(long sizeBytes) {
      return Math.min(sizeBytes, BEGINNING + DATA);
    }

    @Override
    public byte[] reduce(byte[] content) {
      ContentReader reader = reader(content.length);
      reader.read(content, 0, content.length);
      return reader.kept();
    }

    @Override
    public ContentReader reader(long sizeBytes) {
      return new ProgramReader(sizeBytes, scripts);
    }
  }

  private static final int LONGEST_FIRST_LINE = 256;

  /** Constants stand near the front of a file; the largest busybox has 3 MB. */
  private static final int BEGINNING = 4 << 20;

  private static final int DATA = 1 << 20;

  /** Program headers follow the ELF header. */
  private static final int HEADERS = 4_096;

  private final long size;
  private final boolean scripts;
  private byte[] beginning = new byte[0];
  private byte[] data = new byte[0];
  private long position;
  private long dataAt = Long.MAX_VALUE;
  private int dataLength;

  private ProgramReader(long size, boolean scripts) {
    this.size = size;
    this.scripts = scripts;
  }

  @Override
  public void read(byte[] bytes, int offset, int length) {
    if (position == 0 && length > 0) {
      beginning = new byte[(int) Math.min(size, wanted(bytes[offset]))];
    }
    long before = position;
    position += length;
    if (before < beginning.length) {
      System.arraycopy(
          bytes,
          offset,
          beginning,
          (int) before,
          (int) Math.min(length, beginning.length - before));
      boolean complete = position >= Math.min(HEADERS, beginning.length);
      if (before < HEADERS && complete && size > beginning.length) {
        dataAt = ElfSegments.dataOffset(beginning);
      }
    }
    if (position > dataAt && dataLength < DATA && before < dataAt + DATA) {
      if (data.length == 0) {
        data = new byte[(int) Math.max(0, Math.min(DATA, size - dataAt))];
      }
      int from = (int) Math.max(0, dataAt + dataLength - before);
      int count = Math.min(length - from, data.length - dataLength);
      if (from < length && count > 0) {
        System.arraycopy(bytes, offset + from, data, dataLength, count);
        dataLength += count;
      }
    }
  }

  private int wanted(byte first) {
    return switch (first) {
      case 0x7f -> BEGINNING;
      case '#' -> scripts ? LONGEST_FIRST_LINE : 0;
      default -> 0;
    };
  }

  @Override
  public byte[] kept() {
    if (beginning.length >= 2 && beginning[0] == '#' && beginning[1] == '!') {
      int end = 2;
      while (end < beginning.length && beginning[end] != '\n') {
        end++;
      }
      return Arrays.copyOf(beginning, end);
    }
    if (!ElfSegments.isElf(beginning)) {
      return new byte[0];
    }
    return ProgramMarks.of(beginning, data.length == 0 ? beginning : data).toBytes();
  }
}
