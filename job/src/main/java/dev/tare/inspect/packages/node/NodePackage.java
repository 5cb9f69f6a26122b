package dev.tare.inspect.packages.node;

import dev.tare.inspect.packages.reader.PackageText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** The {@code package.json} of a package that npm, yarn or pnpm installed. */
final class NodePackage {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private NodePackage() {}

  /** Whether this is the file of a package right below a {@code node_modules}. */
  static boolean isAt(String path) {
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
   * Reduces {@code package.json} to {@link PackageText}: name and version of the outermost object.
   * A file without a name is a part of a package and no package.
   */
  static byte[] reduce(byte[] content) {
    String name = null;
    String version = null;
    try (JsonParser parser = JSON.createParser(content)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return PackageText.ofOne("npm", null, null, "no JSON object");
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
      return PackageText.ofOne("npm", null, null, "no JSON: " + e.getOriginalMessage());
    }
    return name == null || version == null
        ? new byte[0]
        : PackageText.ofOne("npm", name, version, "an empty name or version");
  }
}
