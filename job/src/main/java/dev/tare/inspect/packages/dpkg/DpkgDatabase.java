package dev.tare.inspect.packages.dpkg;

import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.reader.Diversion;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what dpkg writes: paragraphs of {@code Field: value}, continued by lines that begin with a
 * blank, parted by empty lines.
 *
 * <pre>
 * Package: curl
 * Status: install ok installed
 * Installed-Size: 500
 * Architecture: amd64
 * Version: 7.88.1-10+deb12u5
 * </pre>
 *
 * @see <a href="https://www.debian.org/doc/debian-policy/ch-controlfields.html">Control files</a>
 */
public final class DpkgDatabase {
  private static final Set<String> FIELDS =
      Set.of("package", "status", "version", "architecture", "source", "installed-size");

  /** Before the path in a line of {@code md5sums}. */
  private static final int SUM_AND_BLANKS = 34;

  private DpkgDatabase() {}

  /** Keeps the fields that {@link #packages} reads. */
  public static byte[] reduceStatus(byte[] content) {
    StringBuilder kept = new StringBuilder();
    TextLines.of(content)
        .filter(line -> line.isBlank() || isWanted(line))
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isWanted(String line) {
    int colon = line.indexOf(':');
    return colon > 0 && FIELDS.contains(line.substring(0, colon).toLowerCase(Locale.ROOT));
  }

  /** Keeps the lines of {@code info/*.list} that may name a program. */
  public static byte[] reduceList(byte[] content) {
    StringBuilder kept = new StringBuilder();
    TextLines.of(content)
        .filter(ProgramDirectories::mayHold)
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Keeps the paths of {@code md5sums} that may be those of a program. */
  static byte[] reduceSums(byte[] content) {
    StringBuilder kept = new StringBuilder();
    TextLines.of(content)
        .filter(line -> line.length() > SUM_AND_BLANKS)
        .map(line -> line.substring(SUM_AND_BLANKS))
        .filter(ProgramDirectories::mayHold)
        .forEach(path -> kept.append(path).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The packages of {@code status} that are unpacked at least; of a file of {@code status.d} that
   * states no status, all.
   *
   * @param type of their package URLs
   * @param malformed told of a paragraph that names no package or version
   */
  public static List<PackageRecord> packages(
      String type, byte[] content, Consumer<String> malformed) {
    List<PackageRecord> packages = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      if (line.isBlank()) {
        add(type, packages, fields, malformed);
        fields.clear();
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && line.charAt(0) != ' ' && line.charAt(0) != '\t') {
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (FIELDS.contains(name)) {
          fields.put(name, line.substring(colon + 1).strip());
        }
      }
    }
    add(type, packages, fields, malformed);
    return packages;
  }

  /**
   * The diversions of {@code diversions}: a path, the one it is diverted to, and the package for
   * which it is not, each in a line.
   *
   * @see <a href="https://man7.org/linux/man-pages/man1/dpkg-divert.1.html">dpkg-divert</a>
   */
  static List<Diversion> diversions(byte[] content) {
    List<String> lines = TextLines.of(content).toList();
    List<Diversion> diversions = new ArrayList<>();
    for (int i = 0; i + 2 < lines.size(); i += 3) {
      diversions.add(new Diversion(lines.get(i), lines.get(i + 1), lines.get(i + 2)));
    }
    return diversions;
  }

  private static void add(
      String type,
      List<PackageRecord> packages,
      Map<String, String> fields,
      Consumer<String> malformed) {
    if (fields.isEmpty() || !isInstalled(fields.get("status"))) {
      return;
    }
    String name = fields.get("package");
    String version = fields.get("version");
    if (name == null || version == null || name.isEmpty() || version.isEmpty()) {
      malformed.accept("a paragraph without Package or Version: " + fields);
      return;
    }
    packages.add(
        new PackageRecord(
            type,
            name,
            version,
            fields.get("architecture"),
            Objects.requireNonNullElse(fields.get("source"), name),
            kibibytes(fields.get("installed-size"))));
  }

  private static boolean isInstalled(@Nullable String status) {
    return status == null
        || !(status.endsWith(" not-installed") || status.endsWith(" config-files"));
  }

  private static @Nullable Long kibibytes(@Nullable String text) {
    if (text == null || text.length() > 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return text.isEmpty() ? null : Long.valueOf(Long.parseLong(text) * 1024);
  }
}
