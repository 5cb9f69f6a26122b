package dev.tare.inspect.program;

import dev.tare.inspect.content.FileWindow;
import dev.tare.inspect.packages.go.GoDataReader;
import dev.tare.inspect.packages.rust.CrateDataReader;
import dev.tare.inspect.packages.rust.CrateList;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an executable as it streams by, whatever its size: of a script its first line; of an ELF
 * file its constants, for signatures and tables of applets, and what Go keeps in its writable data.
 */
public final class ProgramReader implements ContentReader {
  /** For a program that a container may be started with. */
  public static final Extraction STARTABLE = new Streaming(true, false);

  /** For one whose first line nobody asks for. */
  public static final Extraction BINARY = new Streaming(false, false);

  /** For one that is named as a library: it counts where it can be started by itself. */
  public static final Extraction LIBRARY = new Streaming(false, true);

  private static final String FORM = "program 2";

  private record Streaming(boolean scripts, boolean library) implements Extraction {
    /** What differs between them is small, and said where it is missed. */
    @Override
    public String form() {
      return FORM;
    }

    @Override
    public int maximumBytes() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long memoryBytes(long sizeBytes) {
      return Math.min(
          sizeBytes, HEADERS + CONTENT + STRINGS + GoDataReader.LARGEST + CrateList.LARGEST);
    }

    @Override
    public byte[] reduce(byte[] content) {
      ContentReader reader = reader(content.length);
      reader.read(content, 0, content.length);
      return reader.kept();
    }

    @Override
    public ContentReader reader(long sizeBytes) {
      return new ProgramReader(sizeBytes, scripts, library);
    }
  }

  /** Whether this is one of them. */
  public static boolean isOne(Extraction extraction) {
    return extraction instanceof Streaming;
  }

  /** Whether these first bytes are those of a program. */
  public static boolean begins(byte[] start, int length) {
    return length >= 2
        && ((start[0] == 0x7f && start[1] == 'E') || (start[0] == '#' && start[1] == '!'));
  }

  private static final int LONGEST_FIRST_LINE = 256;

  /**
   * How much of a program is looked through: all of most (the largest busybox has 3 MB); of others
   * the constants behind the code, or where they are mixed with it the beginning.
   */
  private static final int CONTENT = 4 << 20;

  /** Program headers follow the ELF header. */
  private static final int HEADERS = 4_096;

  /** In how much of the beginning of a large program the names of its libraries are looked for. */
  private static final int STRINGS = 512 << 10;

  private final long size;
  private final boolean scripts;
  private final boolean library;
  private FileWindow head = FileWindow.NONE;
  private FileWindow content = FileWindow.NONE;
  private FileWindow strings = FileWindow.NONE;
  private FileWindow dynamic = FileWindow.NONE;
  private ElfSegments headers = ElfSegments.of(new byte[0]);
  private @Nullable GoDataReader data;
  private @Nullable CrateDataReader crates;
  private long constantsAt;
  private long position;

  private ProgramReader(long size, boolean scripts, boolean library) {
    this.size = size;
    this.scripts = scripts;
    this.library = library;
  }

  @Override
  public void read(byte[] bytes, int offset, int length) {
    if (position == 0 && length > 0) {
      head = FileWindow.of(0, wanted(bytes[offset]), size);
    }
    long at = position;
    position += length;
    if (at < head.bytes().length) {
      head.take(bytes, offset, length, at);
      if (position >= head.bytes().length) {
        plan();
      }
    }
    content.take(bytes, offset, length, at);
    strings.take(bytes, offset, length, at);
    dynamic.take(bytes, offset, length, at);
    if (data != null) {
      data.take(bytes, offset, length, at);
    }
    if (crates != null) {
      crates.take(bytes, offset, length, at);
    }
  }

  private int wanted(byte first) {
    return switch (first) {
      case 0x7f -> HEADERS;
      case '#' -> scripts ? LONGEST_FIRST_LINE : 0;
      default -> 0;
    };
  }

  /** Decides by the headers what else to read. */
  private void plan() {
    byte[] start = head.bytes();
    if (!ElfSegments.isElf(start)) {
      return;
    }
    headers = ElfSegments.of(start);
    if (library && !headers.isStartable()) {
      head = FileWindow.NONE;
      return;
    }
    boolean large = size > CONTENT;
    constantsAt = Math.min(size, headers.constantsOffset());
    content = FileWindow.of(large ? constantsAt : 0, CONTENT, size);
    content.take(start, 0, start.length, 0);
    if (large) {
      data = headers.dataReader(size);
      crates = new CrateDataReader(size);
      strings = FileWindow.of(0, STRINGS, size);
      strings.take(start, 0, start.length, 0);
      for (ElfSegments.Segment segment : headers.segments()) {
        if (segment.isDynamic()) {
          dynamic = FileWindow.of(segment.offset(), ElfLinkage.LARGEST_DYNAMIC, size);
        }
      }
    }
  }

  @Override
  public byte[] kept() {
    byte[] start = head.bytes();
    if (start.length >= 2 && start[0] == '#' && start[1] == '!') {
      int end = 2;
      while (end < start.length && start[end] != '\n') {
        end++;
      }
      return Arrays.copyOf(start, end);
    }
    if (!ElfSegments.isElf(start)) {
      return new byte[0];
    }
    byte[] read = content.bytes();
    byte[] writable = data == null ? read : data.found();
    byte[] list = crates == null ? read : crates.found();
    ElfLinkage linkage = ElfLinkage.of(headers, List.of(content, strings, dynamic));
    return ProgramMarks.of(read, (int) (constantsAt - content.start()), writable, list, linkage)
        .toBytes();
  }
}
