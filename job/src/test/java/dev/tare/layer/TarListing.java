package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.layer.tar.EntryPath;
import dev.tare.testing.Programs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries of a tar as GNU tar lists them: type, mode, owner, size and target by path. */
final class TarListing {
  private static final Pattern LISTED =
      Pattern.compile("(.)(\\S{9})\\s+(\\d+)/(\\d+)\\s+(\\S+)\\s+\\S+ \\S+ (.*)");

  private TarListing() {}

  /** What {@code tar -tv} says of each path, the last entry of a path winning. */
  static Map<String, String> byTar(Path tar) {
    String listing =
        Programs.run(
            "tar",
            "--warning=no-unknown-keyword",
            "--numeric-owner",
            "--quoting-style=literal",
            "-tvf",
            tar.toAbsolutePath().toString());
    Map<String, String> all = new TreeMap<>();
    for (String line : listing.lines().toList()) {
      if (line.startsWith("tar: ")) {
        continue; // What it would change while unpacking.
      }
      Matcher matcher = LISTED.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      String kind = matcher.group(1);
      String path = matcher.group(6);
      String target = "";
      String separator = kind.equals("l") ? " -> " : kind.equals("h") ? " link to " : null;
      if (separator != null) {
        int at = path.indexOf(separator);
        target = path.substring(at + separator.length());
        path = path.substring(0, at);
      }
      path = path.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
      path = path.equals(".") ? "" : path;
      if (kind.equals("h")) {
        target = target.replaceFirst("^(\\./|/)+", "");
      }
      boolean whiteout = path.substring(path.lastIndexOf('/') + 1).startsWith(".wh.");
      String size = "bcp".contains(kind) ? "0" : matcher.group(5);
      all.put(
          path,
          whiteout
              ? "hides"
              : (kind.matches("[bcp]") ? "special" : kind)
                  + " "
                  + matcher.group(2)
                  + " "
                  + matcher.group(3)
                  + "/"
                  + matcher.group(4)
                  + " "
                  + (kind.equals("h") ? "0" : size)
                  + " "
                  + target);
    }
    return all;
  }

  /** What a scan says of each path, in the same words. */
  static Map<String, String> of(LayerFacts facts) {
    Map<EntryType, String> kinds =
        new HashMap<>(
            Map.of(
                EntryType.FILE, "-",
                EntryType.DIRECTORY, "d",
                EntryType.SYMLINK, "l",
                EntryType.HARD_LINK, "h",
                EntryType.SPECIAL, "special"));
    Map<String, String> all = new LinkedHashMap<>();
    for (LayerEntry entry : facts.index()) {
      if (entry.type() == EntryType.OPAQUE) {
        all.put(EntryPath.child(entry.path(), ".wh..wh..opq"), "hides");
      } else if (entry.type() == EntryType.WHITEOUT) {
        String directory = EntryPath.parent(entry.path());
        all.put(EntryPath.child(directory, ".wh." + EntryPath.name(entry.path())), "hides");
      } else {
        all.put(
            entry.path(),
            kinds.get(entry.type())
                + " "
                + permissions(entry.mode())
                + " "
                + entry.uid()
                + "/"
                + entry.gid()
                + " "
                + entry.sizeBytes()
                + " "
                + (entry.linkTarget() == null ? "" : entry.linkTarget()));
      }
    }
    return new TreeMap<>(all);
  }

  private static String permissions(int mode) {
    StringBuilder text = new StringBuilder();
    for (int i = 8; i >= 0; i--) {
      text.append((mode >> i & 1) == 1 ? "rwxrwxrwx".charAt(8 - i) : '-');
    }
    mark(text, 2, (mode & 04000) != 0, 's', 'S');
    mark(text, 5, (mode & 02000) != 0, 's', 'S');
    mark(text, 8, (mode & 01000) != 0, 't', 'T');
    return text.toString();
  }

  private static void mark(StringBuilder text, int at, boolean set, char with, char without) {
    if (set) {
      text.setCharAt(at, text.charAt(at) == 'x' ? with : without);
    }
  }
}
