package dev.tare.inspect.system;

import dev.tare.facts.Fact;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The distribution, as os-release names it.
 *
 * @param id {@code debian}
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

  /**
   * What the first of {@code etc/os-release} and {@code usr/lib/os-release} says that is there;
   * where it names no distribution, what the files say that systems had before. Null where nothing
   * does: where there is an os-release, that is a gap.
   */
  public static @Nullable OsRelease find(LinkTable links, KeptFiles kept, Gaps gaps) {
    for (String path : PATHS) {
      KeptFiles.Version file = kept.visibleAt(path);
      if (file != null) {
        String canonical = links.resolve(path);
        OsRelease found = parse(file.content(), canonical == null ? path : canonical);
        OsRelease os = found == null ? ReleaseFiles.find(links, kept) : found.with(kept);
        if (os == null) {
          gaps.add(Fact.BASE_OS, "/" + path, file.layer(), "it names no distribution (ID)");
        }
        return os;
      }
    }
    return ReleaseFiles.find(links, kept);
  }

  /**
   * What the lowest layer that has one says: of the image that all others are built on, whatever
   * later steps upgraded. Null where it names no distribution, and where there is none.
   */
  public static @Nullable OsRelease ofRoot(KeptFiles kept) {
    OsRelease root =
        PATHS.stream()
            .flatMap(path -> kept.allAt(path).stream())
            .min(Comparator.comparingInt(KeptFiles.Version::layer))
            .map(file -> parse(file.content(), file.node().path()))
            .orElse(null);
    return root == null ? null : root.with(kept);
  }

  /** Debian writes its version elsewhere where it is not in os-release. */
  private OsRelease with(KeptFiles kept) {
    String version =
        id.equals("debian") && versionId == null ? ReleaseFiles.debianRelease(kept) : null;
    return version == null ? this : new OsRelease(id, version, prettyName, name, source);
  }

  /** Null where the text names no distribution. */
  static @Nullable OsRelease parse(byte[] content, String source) {
    Map<String, String> values = new HashMap<>();
    String text = new String(content, StandardCharsets.UTF_8);
    (text.startsWith("\uFEFF") ? text.substring(1) : text)
        .lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
          }
        });
    String id = values.getOrDefault("ID", "").strip().toLowerCase(Locale.ROOT);
    if (id.isEmpty()) {
      return null;
    }
    return new OsRelease(
        id,
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
