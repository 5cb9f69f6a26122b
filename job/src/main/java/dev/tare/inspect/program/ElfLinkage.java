package dev.tare.inspect.program;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.FileWindow;
import dev.tare.inspect.content.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ELF program is started with and linked against: its interpreter ({@code PT_INTERP}) and
 * the libraries that it names ({@code DT_NEEDED}).
 *
 * @param interpreter {@code /lib64/ld-linux-x86-64.so.2}; null where it has none, or that is not
 *     known
 * @param libraries {@code libc.so.6}; none also where not all could be read
 * @param standalone whether it says that it needs neither: no other program is known to
 * @see <a href="https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html">Dynamic
 *     section</a>
 */
public record ElfLinkage(@Nullable String interpreter, List<String> libraries, boolean standalone) {
  /** No dynamic section is longer. */
  static final int LARGEST_DYNAMIC = 16 << 10;

  private static final int LONGEST_NAME = 1_024;
  private static final int MOST_LIBRARIES = 500;
  private static final int NEEDED = 1;
  private static final int STRINGS = 5;

  /** Copies the list. */
  public ElfLinkage {
    libraries = List.copyOf(libraries);
  }

  /**
   * Reads it.
   *
   * @param parts of the file, whichever are there
   */
  static ElfLinkage of(ElfSegments headers, List<FileWindow> parts) {
    String interpreter = null;
    List<String> libraries = List.of();
    for (ElfSegments.Segment segment : headers.segments()) {
      if (segment.isInterpreter()) {
        interpreter = text(parts, segment.offset());
      } else if (segment.isDynamic()) {
        libraries = libraries(headers, parts, segment);
      }
    }
    return new ElfLinkage(interpreter, libraries, headers.isStandalone());
  }

  private static List<String> libraries(
      ElfSegments headers, List<FileWindow> parts, ElfSegments.Segment dynamic) {
    int word = headers.wide() ? 8 : 4;
    FileWindow part = part(parts, dynamic.offset());
    if (part == null) {
      return List.of();
    }
    List<Long> names = new ArrayList<>();
    long strings = 0;
    try {
      ByteReader bytes = new ByteReader(part.bytes());
      for (long at = 0; at + 2L * word <= dynamic.size(); at += 2L * word) {
        if (at > LARGEST_DYNAMIC) {
          return List.of(); // What follows may name more.
        }
        long place = dynamic.offset() - part.start() + at;
        long tag = number(bytes, place, headers);
        if (tag == 0) {
          break;
        }
        if (tag == NEEDED) {
          names.add(number(bytes, place + word, headers));
        } else if (tag == STRINGS) {
          strings = number(bytes, place + word, headers);
        }
      }
    } catch (UnreadableException e) {
      return List.of();
    }
    long table = headers.offsetOf(strings);
    List<String> libraries = new ArrayList<>();
    for (long name : names) {
      String library = table < 0 ? null : text(parts, table + name);
      if (library == null || libraries.size() == MOST_LIBRARIES) {
        return List.of();
      }
      libraries.add(library);
    }
    return libraries;
  }

  private static long number(ByteReader bytes, long at, ElfSegments headers)
      throws UnreadableException {
    return headers.wide()
        ? bytes.number64(at, headers.order())
        : bytes.number32(at, headers.order());
  }

  /** The text that ends with a zero; null where it is not there, not printable, or endless. */
  private static @Nullable String text(List<FileWindow> parts, long offset) {
    FileWindow part = part(parts, offset);
    if (part == null) {
      return null;
    }
    byte[] bytes = part.bytes();
    int from = (int) (offset - part.start());
    for (int at = from; at < Math.min(bytes.length, from + LONGEST_NAME); at++) {
      if (bytes[at] == 0) {
        return at == from
            ? null
            : new String(Arrays.copyOfRange(bytes, from, at), StandardCharsets.UTF_8);
      }
      if (bytes[at] > 0 && bytes[at] <= ' ') {
        return null;
      }
    }
    return null;
  }

  private static @Nullable FileWindow part(List<FileWindow> parts, long offset) {
    return parts.stream()
        .filter(part -> offset >= part.start() && offset - part.start() < part.bytes().length)
        .findFirst()
        .orElse(null);
  }
}
