package dev.tare.inspect.system;

import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The distribution, as os-release names it.
 *
 * @param id {@code debian}; {@code linux} where the file does not say it, as its manual page has it
 * @param prettyName for people, saying which distribution it is
 * @param source canonical path of the file, without leading slash
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/latest/os-release.html">os-release</a>
 */
public record OsRelease(
    String id,
    @Nullable String versionId,
    @Nullable String prettyName,
    @Nullable String name,
    String source) {
  /** Where it may stand; the first that can be read counts. */
  static final List<String> PATHS = List.of("etc/os-release", "usr/lib/os-release");

  /** The first of {@code etc/os-release} and {@code usr/lib/os-release} that can be read. */
  public static @Nullable OsRelease find(LinkTable links, KeptFiles kept) {
    for (String path : PATHS) {
      String canonical = links.resolve(path);
      KeptFiles.Version file = kept.visibleAt(path);
      if (canonical != null && file != null) {
        return parse(file.content(), canonical);
      }
    }
    return null;
  }

  static OsRelease parse(byte[] content, String source) {
    Map<String, String> values = new HashMap<>();
    new String(content, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
          }
        });
    String id = values.get("ID");
    return new OsRelease(
        id == null || id.isEmpty() ? "linux" : id,
        emptyToNull(values.get("VERSION_ID")),
        prettyName(values),
        emptyToNull(values.get("NAME")),
        source);
  }

  /**
   * The name for people. One that does not say which distribution it is (distroless: {@code
   * PRETTY_NAME="Distroless"}, {@code NAME="Debian GNU/Linux"}, {@code VERSION_ID="10"}) is put
   * behind one that does, because support ends for the distribution.
   */
  private static @Nullable String prettyName(Map<String, String> values) {
    String pretty = emptyToNull(values.get("PRETTY_NAME"));
    String name = emptyToNull(values.get("NAME"));
    if (pretty == null || name == null || pretty.startsWith(name.split(" ", 2)[0])) {
      return pretty;
    }
    String version = emptyToNull(values.get("VERSION_ID"));
    return name + (version == null ? "" : " " + version) + " (" + pretty + ")";
  }

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static String unquoted(String value) {
    if (value.length() < 2
        || (value.charAt(0) != '"' && value.charAt(0) != '\'')
        || value.charAt(value.length() - 1) != value.charAt(0)) {
      return value;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < value.length() - 1; i++) {
      if (value.charAt(i) == '\\' && i + 1 < value.length() - 1) {
        i++;
      }
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }
}
