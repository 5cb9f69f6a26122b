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
  private static final long SMALLEST = 100 << 10;
  private static final long LARGEST = 16 << 20;

  MultiCallBinary {
    applets = Set.copyOf(applets);
  }

  /** Whether the content of this executable is worth a look. */
  static boolean isCandidate(String name, boolean inBinaryDirectory, long sizeBytes) {
    if (sizeBytes > LARGEST) {
      return false;
    }
    return name.startsWith("busybox")
        || name.startsWith("toybox")
        || name.equals("coreutils")
        || name.equals("[")
        || name.equals("[[")
        || (inBinaryDirectory && sizeBytes >= SMALLEST && sizeBytes <= LARGEST / 4);
  }

  /** The family on the first line, an applet on each other; nothing where it is no such binary. */
  static byte[] reduce(byte[] content) {
    String family = family(content);
    if (family == null) {
      return new byte[0];
    }
    StringBuilder kept = new StringBuilder(family);
    if (!family.equals("coreutils")) {
      for (String applet : table(content)) {
        kept.append('\n').append(applet);
      }
    }
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what {@link #reduce} keeps; null where the binary is none. */
  static @Nullable MultiCallBinary parse(byte[] kept) {
    if (kept.length == 0) {
      return null;
    }
    List<String> lines = new String(kept, StandardCharsets.UTF_8).lines().toList();
    return new MultiCallBinary(lines.getFirst(), Set.copyOf(lines.subList(1, lines.size())));
  }

  private static @Nullable String family(byte[] content) {
    if (content.length < 4
        || content[0] != 0x7f
        || content[1] != 'E'
        || content[2] != 'L'
        || content[3] != 'F') {
      return null;
    }
    if (contains(content, "BusyBox v") && contains(content, "BusyBox is a multi-call binary")) {
      return "busybox";
    }
    if (contains(content, "Toybox 0.") || contains(content, "toybox 0.")) {
      return "toybox";
    }
    return contains(content, "coreutils-prog-shebang=") ? "coreutils" : null;
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
