package dev.tare.inspect.packages.java;

import dev.tare.inspect.content.TextLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The main section of a {@code META-INF/MANIFEST.MF}:
 *
 * <pre>
 * Manifest-Version: 1.0
 * Bundle-SymbolicName: org.y.z;singleton:=true
 * Bundle-Version: 3.1.4
 * Implementation-Title: io.micrometer#micrometer-core;1.16.6
 * Automatic-Module-Name: micrometer.c
 *  ore
 * </pre>
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html#jar-manifest">JAR
 *     file specification</a>
 */
final class JarManifest {
  static final JarManifest NONE = new JarManifest(Map.of());

  /** Which {@code Bundle-Version} tools write where nobody says one. */
  private static final String NO_VERSION = "0.0.0";

  private static final Pattern VERSION =
      Pattern.compile("[vr]?(\\d+(?:[._+~-][\\w.+~-]*)?)(?:[ (].*)?");

  /** As a plugin of Gradle writes it: group, artifact and version as they are in a repository. */
  private static final Pattern COORDINATES =
      Pattern.compile("([\\w.-]+)#([\\w.-]+);(\\d[\\w.+~-]*)");

  /** A title for people is no name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");

  private final Map<String, String> headers;

  private JarManifest(Map<String, String> headers) {
    this.headers = headers;
  }

  /** Reads the headers up to the first empty line; what is no header is passed over. */
  static JarManifest of(byte[] content) {
    Map<String, String> headers = new HashMap<>();
    String name = "";
    for (String line : TextLines.of(content).toList()) {
      int colon = line.indexOf(": ");
      if (line.isEmpty()) {
        break;
      } else if (line.charAt(0) == ' ') {
        String rest = line.substring(1);
        headers.computeIfPresent(name, (key, before) -> before + rest);
      } else if (colon > 0) {
        name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        headers.put(name, line.substring(colon + 2));
      } else {
        name = "";
      }
    }
    return new JarManifest(headers);
  }

  /** Group, artifact and version where one header says all three; null where none does. */
  @Nullable Coordinates coordinates() {
    Matcher title = COORDINATES.matcher(header("implementation-title"));
    return title.matches() ? new Coordinates(title.group(1), title.group(2), title.group(3)) : null;
  }

  /** Of an OSGi bundle, without directives. */
  @Nullable String symbolicName() {
    return name(header("bundle-symbolicname").split(";", 2)[0]);
  }

  @Nullable String title() {
    return name(header("implementation-title"));
  }

  @Nullable String moduleName() {
    return name(header("automatic-module-name"));
  }

  /** The names in it, the most telling first. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (String name : new @Nullable String[] {symbolicName(), title(), moduleName()}) {
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** The versions in it, the most telling first: {@code 5.18.1} of {@code 5.18.1 (b0)}. */
  List<String> versions() {
    List<String> versions = new ArrayList<>();
    for (String header : List.of("implementation-version", "bundle-version")) {
      Matcher version = VERSION.matcher(header(header));
      if (version.matches() && !version.group(1).equals(NO_VERSION)) {
        versions.add(version.group(1));
      }
    }
    return versions;
  }

  private String header(String name) {
    return headers.getOrDefault(name, "").strip();
  }

  private static @Nullable String name(String header) {
    String name = header.strip();
    return NAME.matcher(name).matches() ? name : null;
  }
}
