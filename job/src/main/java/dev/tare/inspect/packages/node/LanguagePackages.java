package dev.tare.inspect.packages.node;

import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Packages of Python and JavaScript, each told by one file that its installer wrote. */
public final class LanguagePackages {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LanguagePackages() {}

  /** Whether installing this path made a Python package: a wheel, or an egg. */
  public static boolean isPython(String path) {
    return path.endsWith(".dist-info/METADATA")
        || path.endsWith(".egg-info/PKG-INFO")
        || (path.endsWith(".egg-info") && path.contains("-packages/"));
  }

  /** Whether this is the file of a package right below a {@code node_modules}. */
  public static boolean isNode(String path) {
    if (!path.endsWith("/package.json")) {
      return false;
    }
    int end = path.length() - "/package.json".length();
    int slash = path.lastIndexOf('/', end - 1);
    if (slash < 0) {
      return false;
    }
    String above = path.substring(0, slash);
    int scope = above.lastIndexOf("/@");
    if (scope >= 0 && above.indexOf('/', scope + 1) < 0) {
      above = above.substring(0, scope);
    }
    return above.endsWith("node_modules")
        && (above.length() == 12 || above.charAt(above.length() - 13) == '/');
  }

  /**
   * Reduces {@code METADATA} to {@link PackageText}.
   *
   * @see <a href="https://packaging.python.org/en/latest/specifications/core-metadata/">Core
   *     metadata</a>
   */
  public static byte[] reducePython(byte[] content) {
    String name = null;
    String version = null;
    for (String line :
        (Iterable<String>) new String(content, StandardCharsets.UTF_8).lines()::iterator) {
      if (line.isEmpty() || (name != null && version != null)) {
        break; // What follows is the description.
      }
      if (line.startsWith("Name:")) {
        name = line.substring(5).strip();
      } else if (line.startsWith("Version:")) {
        version = line.substring(8).strip();
      }
    }
    return text("pypi", name, version, "no Name and Version before the first empty line");
  }

  /**
   * Reduces {@code package.json} to {@link PackageText}: name and version of the outermost object.
   * A file without a name is a part of a package and no package.
   */
  public static byte[] reduceNode(byte[] content) {
    String name = null;
    String version = null;
    try (JsonParser parser = JSON.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return text("npm", null, null, "no JSON object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING && key.equals("name")) {
          name = parser.getString();
        } else if (value == JsonToken.VALUE_STRING && key.equals("version")) {
          version = parser.getString();
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      return text("npm", null, null, "no JSON: " + e.getOriginalMessage());
    }
    return name == null || version == null
        ? new byte[0]
        : text("npm", name, version, "an empty name or version");
  }

  private static byte[] text(
      String type, @Nullable String name, @Nullable String version, String otherwise) {
    PackageText text = new PackageText();
    if (name == null || version == null || name.isEmpty() || version.isEmpty()) {
      text.addFailure(otherwise);
    } else {
      text.add(new PackageRecord(type, name, version, null, null, null));
    }
    return text.toBytes();
  }
}
