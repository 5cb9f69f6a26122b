package dev.tare.inspect.program;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A binary that is many programs: busybox, toybox, coreutils. An applet can be called as {@code
 * busybox wget} without a link of that name, so the table inside the binary is what counts: names
 * parted by NUL, strictly ascending, as busybox generates it.
 *
 * @param family {@code busybox}, {@code toybox} or {@code coreutils}
 * @param applets from the table; empty where none was found, and links alone tell
 */
public record MultiCallBinary(String family, Set<String> applets) {
  private static final int SHORTEST_TABLE = 8;
  private static final int LONGEST_NAME = 32;
  private static final byte[] LIST = "\0 [ ".getBytes(StandardCharsets.US_ASCII);

  public MultiCallBinary {
    applets = Set.copyOf(applets);
  }

  /** Whether it does something under this name; where no table was found, links alone tell. */
  public boolean answersTo(String name) {
    return applets.isEmpty() || applets.contains(name);
  }

  /**
   * The binary that this content is; null where it is none.
   *
   * @param signatures names of the programs that the content says it is
   */
  static @Nullable MultiCallBinary find(byte[] content, Set<String> signatures) {
    if (signatures.contains("busybox")) {
      return new MultiCallBinary("busybox", table(content));
    }
    if (signatures.contains("toybox")) {
      return new MultiCallBinary("toybox", ToyboxTable.commands(content));
    }
    return signatures.contains("coreutils")
        ? new MultiCallBinary("coreutils", list(content))
        : null;
  }

  /** The names, parted by spaces, that coreutils prints with its help; the first is a bracket. */
  private static Set<String> list(byte[] content) {
    for (int at = 0; at + LIST.length < content.length; at++) {
      if (content[at] == LIST[0]
          && Arrays.equals(content, at, at + LIST.length, LIST, 0, LIST.length)) {
        int end = at + LIST.length;
        while (end < content.length && (content[end] == ' ' || isNameByte(content[end]))) {
          end++;
        }
        String names = new String(content, at + 2, end - at - 2, StandardCharsets.US_ASCII);
        return new TreeSet<>(List.of(names.strip().split(" ")));
      }
    }
    return Set.of();
  }

  /** The longest run of ascending names parted by single NULs. */
  private static Set<String> table(byte[] content) {
    List<String> best = List.of();
    List<String> run = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      byte b = content[i];
      if (isNameByte(b)) {
        continue;
      }
      int length = i - start;
      if (b == 0 && length > 0 && length <= LONGEST_NAME) {
        String name = new String(content, start, length, StandardCharsets.US_ASCII);
        if (!run.isEmpty() && run.getLast().compareTo(name) >= 0) {
          best = longer(best, run);
          run = new ArrayList<>();
        }
        run.add(name);
      } else {
        best = longer(best, run);
        run = new ArrayList<>();
      }
      start = i + 1;
    }
    best = longer(best, run);
    return best.size() < SHORTEST_TABLE ? Set.of() : new TreeSet<>(best);
  }

  private static List<String> longer(List<String> best, List<String> run) {
    return run.size() > best.size() ? run : best;
  }

  private static boolean isNameByte(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || b == '-'
        || b == '.'
        || b == '+'
        || b == '[';
  }
}
