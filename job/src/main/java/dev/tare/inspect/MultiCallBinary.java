package dev.tare.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
record MultiCallBinary(String family, Set<String> applets) {
  private static final int SHORTEST_TABLE = 8;
  private static final int LONGEST_NAME = 32;

  MultiCallBinary {
    applets = Set.copyOf(applets);
  }

  /**
   * The binary that this content is; null where it is none.
   *
   * @param signatures names of the programs that the content says it is
   */
  static @Nullable MultiCallBinary find(byte[] content, Set<String> signatures) {
    if (signatures.contains("busybox") && contains(content, "BusyBox is a multi-call binary")) {
      return new MultiCallBinary("busybox", table(content));
    }
    if (signatures.contains("toybox")) {
      return new MultiCallBinary("toybox", table(content));
    }
    return signatures.contains("coreutils") ? new MultiCallBinary("coreutils", Set.of()) : null;
  }

  private static boolean contains(byte[] content, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    int last = content.length - wanted.length;
    for (int i = 0; i <= last; i++) {
      if (content[i] == wanted[0] && matches(content, i, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] content, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (content[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
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
