package dev.tare.inspect.program;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import dev.tare.inspect.packages.go.GoBuildInfo;
import dev.tare.inspect.packages.go.GoDataReader;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the program headers of an ELF file say: which parts of it are loaded, to which addresses.
 *
 * @param fixed whether it is a program that is loaded to a fixed address
 * @param wide whether pointers have 64 bits
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.pheader.html">Program
 *     header</a>
 */
record ElfSegments(boolean fixed, boolean wide, ByteOrder order, List<Segment> segments) {
  private static final int LOAD = 1;
  private static final int DYNAMIC = 2;
  private static final int INTERPRETER = 3;
  private static final int EXECUTABLE = 1;
  private static final int WRITABLE = 2;
  private static final int MAX_HEADERS = 64;
  private static final int FIXED_PROGRAM = 2; // ET_EXEC

  /** A part of the file. */
  record Segment(long type, long flags, long offset, long address, long size) {
    boolean isLoaded() {
      return type == LOAD;
    }

    boolean isDynamic() {
      return type == DYNAMIC;
    }

    boolean isInterpreter() {
      return type == INTERPRETER;
    }

    boolean isWritable() {
      return isLoaded() && (flags & WRITABLE) != 0;
    }

    boolean isCode() {
      return isLoaded() && (flags & EXECUTABLE) != 0;
    }

    boolean holds(long address) {
      return address >= this.address && address - this.address < size;
    }
  }

  ElfSegments {
    segments = List.copyOf(segments);
  }

  static boolean isElf(byte[] start) {
    return start.length > 6
        && start[0] == 0x7f
        && start[1] == 'E'
        && start[2] == 'L'
        && start[3] == 'F';
  }

  /**
   * Reads the headers; there are none where the file is truncated or no program, or has more than
   * any program has: a part of them may be without the one that matters.
   */
  static ElfSegments of(byte[] start) {
    boolean wide = start.length > 4 && start[4] == 2;
    ByteOrder order =
        start.length > 5 && start[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    ByteReader bytes = new ByteReader(isElf(start) ? start : new byte[0]);
    boolean fixed = false;
    try {
      fixed = bytes.number16(16, order) == FIXED_PROGRAM;
      return new ElfSegments(fixed, wide, order, segments(bytes, wide, order));
    } catch (UnreadableException e) {
      return new ElfSegments(fixed, wide, order, List.of());
    }
  }

  private static List<Segment> segments(ByteReader bytes, boolean wide, ByteOrder order)
      throws UnreadableException {
    long headers = wide ? bytes.number64(32, order) : bytes.number32(28, order);
    int size = bytes.number16(wide ? 54 : 42, order);
    int count = bytes.number16(wide ? 56 : 44, order);
    if (count > MAX_HEADERS) {
      throw new UnreadableException("more than " + MAX_HEADERS + " program headers");
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = headers + (long) i * size;
      segments.add(wide ? wideSegment(bytes, at, order) : narrowSegment(bytes, at, order));
    }
    return segments;
  }

  private static Segment wideSegment(ByteReader bytes, long at, ByteOrder order)
      throws UnreadableException {
    return new Segment(
        bytes.number32(at, order),
        bytes.number32(at + 4, order),
        bytes.number64(at + 8, order),
        bytes.number64(at + 16, order),
        bytes.number64(at + 32, order));
  }

  private static Segment narrowSegment(ByteReader bytes, long at, ByteOrder order)
      throws UnreadableException {
    return new Segment(
        bytes.number32(at, order),
        bytes.number32(at + 24, order),
        bytes.number32(at + 4, order),
        bytes.number32(at + 8, order),
        bytes.number32(at + 16, order));
  }

  /** Reads the writable data of a file of this size; null where there is none. */
  @Nullable GoDataReader dataReader(long size) {
    List<Segment> writable = segments.stream().filter(Segment::isWritable).toList();
    if (writable.isEmpty()) {
      return null;
    }
    long start = writable.getFirst().offset() & -GoBuildInfo.ALIGNMENT;
    return new GoDataReader(start, writable.getLast().offset() + writable.getLast().size(), size);
  }

  /** Offset of the constants that stand behind the code; 0 where they are mixed with it. */
  long constantsOffset() {
    boolean behindCode = false;
    for (Segment segment : segments) {
      if (behindCode && segment.isLoaded() && !segment.isCode() && !segment.isWritable()) {
        return segment.offset();
      }
      behindCode |= segment.isCode();
    }
    return 0;
  }

  /** Where in the file stands what is loaded to this address; below 0 where nothing is. */
  long offsetOf(long address) {
    return segments.stream()
        .filter(segment -> segment.isLoaded() && segment.holds(address))
        .mapToLong(segment -> segment.offset() + address - segment.address())
        .findFirst()
        .orElse(-1);
  }

  /** Whether it is a program of which no loader has to do anything. */
  boolean isStandalone() {
    return segments.stream().anyMatch(Segment::isCode)
        && segments.stream().noneMatch(segment -> segment.isInterpreter() || segment.isDynamic());
  }

  /** Whether it can be started by itself, other than most libraries. */
  boolean isStartable() {
    return fixed || segments.stream().anyMatch(Segment::isInterpreter);
  }
}
