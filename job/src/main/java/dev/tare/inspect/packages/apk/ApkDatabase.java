package dev.tare.inspect.packages.apk;

import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what apk writes: paragraphs of {@code K:value}, parted by empty lines; {@code F:} is a
 * directory, {@code R:} a file in it.
 *
 * <pre>
 * P:busybox
 * V:1.36.1-r5
 * A:x86_64
 * I:946176
 * o:busybox
 * F:bin
 * R:busybox
 * </pre>
 *
 * @see <a href="https://wiki.alpinelinux.org/wiki/Apk_spec">Apk specification</a>
 */
final class ApkDatabase {
  private ApkDatabase() {}

  /** Keeps names, versions, sizes, and the files that may be programs. */
  public static byte[] reduce(byte[] content) {
    StringBuilder kept = new StringBuilder();
    String directory = "";
    boolean written = false;
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      if (line.isEmpty()) {
        kept.append('\n');
        directory = "";
        written = false;
      } else if (line.startsWith("F:")) {
        directory = line.substring(2);
        written = false;
      } else if (line.startsWith("R:")) {
        if (ProgramDirectories.mayHold("/" + directory + "/")) {
          if (!written) {
            kept.append("F:").append(directory).append('\n');
            written = true;
          }
          kept.append(line).append('\n');
        }
      } else if (line.length() > 2
          && line.charAt(1) == ':'
          && "PVAIo".indexOf(line.charAt(0)) >= 0) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The installed packages.
   *
   * @param files told of each kept file: package, then path without leading slash
   * @param malformed told of a paragraph that names no package or version
   */
  public static List<PackageRecord> packages(
      byte[] content, BiConsumer<PackageRecord, String> files, Consumer<String> malformed) {
    List<PackageRecord> packages = new ArrayList<>();
    Map<Character, String> fields = new HashMap<>();
    List<String> paths = new ArrayList<>();
    String directory = "";
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      if (line.isEmpty()) {
        add(packages, fields, paths, files, malformed);
        fields.clear();
        paths.clear();
        directory = "";
      } else if (line.startsWith("F:")) {
        directory = line.substring(2);
      } else if (line.startsWith("R:")) {
        paths.add(directory.isEmpty() ? line.substring(2) : directory + "/" + line.substring(2));
      } else if (line.length() > 2 && line.charAt(1) == ':') {
        fields.putIfAbsent(line.charAt(0), line.substring(2));
      }
    }
    add(packages, fields, paths, files, malformed);
    return packages;
  }

  private static void add(
      List<PackageRecord> packages,
      Map<Character, String> fields,
      List<String> paths,
      BiConsumer<PackageRecord, String> files,
      Consumer<String> malformed) {
    if (fields.isEmpty()) {
      return;
    }
    String name = fields.get('P');
    String version = fields.get('V');
    if (name == null || version == null) {
      malformed.accept("a paragraph without P: or V:");
      return;
    }
    PackageRecord found =
        new PackageRecord(
            "apk", name, version, fields.get('A'), fields.get('o'), bytes(fields.get('I')));
    packages.add(found);
    paths.forEach(path -> files.accept(found, path));
  }

  private static @Nullable Long bytes(@Nullable String text) {
    if (text == null
        || text.isEmpty()
        || text.length() > 15
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return Long.valueOf(text);
  }
}
