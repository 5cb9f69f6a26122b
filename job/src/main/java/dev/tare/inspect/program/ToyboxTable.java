package dev.tare.inspect.program;

import dev.tare.inspect.content.ByteReader;
import dev.tare.inspect.content.UnreadableException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The table of commands inside a toybox, first toybox itself, then the others by name:
 *
 * <pre>
 * struct toy_list {char *name; void (*toy_main)(void); char *options; unsigned flags;}
 * </pre>
 *
 * @see <a href="https://github.com/landley/toybox/blob/master/lib/toyflags.h">lib/toyflags.h</a>
 */
final class ToyboxTable {
  /** The directories it is to be installed in; what has none is no command of its own. */
  private static final int INSTALLED = 15;

  private static final int MAX_COMMANDS = 1_000;
  private static final int LONGEST_NAME = 32;

  private final ByteReader bytes;
  private final ElfSegments headers;
  private final ElfPointers pointers;

  private ToyboxTable(byte[] file) throws UnreadableException {
    bytes = new ByteReader(file);
    headers = ElfSegments.of(file);
    pointers = new ElfPointers(file);
  }

  /** The commands that {@code toybox} prints; none where the table is not found. */
  static Set<String> commands(byte[] file) {
    try {
      return new ToyboxTable(file).commands();
    } catch (UnreadableException e) {
      return Set.of(); // Truncated: links alone tell.
    }
  }

  private Set<String> commands() throws UnreadableException {
    for (ElfSegments.Segment segment : headers.segments()) {
      if (segment.isWritable()) {
        long end = Math.min(bytes.length(), segment.offset() + segment.size());
        for (long at = segment.offset(); at + pointers.size() <= end; at += pointers.size()) {
          if (bytes.hasAt(pointers.target(at), "toybox\0")) {
            Set<String> commands = commandsBehind(at);
            if (!commands.isEmpty()) {
              return commands;
            }
          }
        }
      }
    }
    return Set.of();
  }

  private Set<String> commandsBehind(long toybox) throws UnreadableException {
    Set<String> commands = new TreeSet<>();
    int size = 4 * pointers.size();
    String last = "";
    for (int i = 1; i < MAX_COMMANDS; i++) {
      long entry = toybox + (long) i * size;
      long name = entry + size <= bytes.length() ? pointers.target(entry) : -1;
      if (name < 0) {
        return commands;
      }
      String text = bytes.textUntilNul(name, Math.min(bytes.length(), name + LONGEST_NAME));
      if (text.compareTo(last) <= 0 || !isPrintable(text)) {
        return commands;
      }
      last = text;
      if ((bytes.number32(entry + 3L * pointers.size(), headers.order()) & INSTALLED) != 0) {
        commands.add(text);
      }
    }
    return commands;
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
