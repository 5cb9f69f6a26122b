package dev.tare.inspect.packages.pacman;

import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A package of pacman: {@code var/lib/pacman/local/NAME-VERSION/desc}, and its files in {@code
 * files} beside it.
 *
 * <pre>
 * %NAME%
 * bash
 *
 * %VERSION%
 * 5.2.037-1
 * </pre>
 *
 * @see <a href="https://man.archlinux.org/man/pacman.8">pacman(8)</a>
 */
final class PacmanDatabase {
  private PacmanDatabase() {}

  /** Reduces {@code desc} to {@link PackageText}. */
  public static byte[] reduceDescription(byte[] content) {
    Map<String, String> values = new HashMap<>();
    String key = "";
    for (String line : (Iterable<String>) TextLines.of(content)::iterator) {
      if (line.length() > 2 && line.startsWith("%") && line.endsWith("%")) {
        key = line;
      } else if (!line.isBlank()) {
        values.putIfAbsent(key, line.strip());
      }
    }
    PackageText text = new PackageText();
    String name = values.get("%NAME%");
    String version = values.get("%VERSION%");
    if (name == null || version == null) {
      text.addFailure("no %NAME% or no %VERSION%");
    } else {
      String size = values.getOrDefault("%SIZE%", "");
      text.add(
          new PackageRecord(
              "alpm",
              name,
              version,
              values.get("%ARCH%"),
              values.getOrDefault("%BASE%", name),
              size.matches("\\d{1,15}") ? Long.valueOf(size) : null));
    }
    return text.toBytes();
  }

  /** Keeps the lines of {@code files} that may name a program. */
  public static byte[] reduceFiles(byte[] content) {
    StringBuilder kept = new StringBuilder();
    TextLines.of(content)
        .filter(ProgramDirectories::mayHold)
        .forEach(line -> kept.append(line).append('\n'));
    return kept.toString().getBytes(StandardCharsets.UTF_8);
  }
}
