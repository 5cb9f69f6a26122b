package dev.tare.inspect.packages.python;

import dev.tare.inspect.packages.reader.PackageText;
import java.nio.charset.StandardCharsets;

/**
 * What the installer of a Python package wrote, {@code METADATA} of a wheel or {@code PKG-INFO} of
 * an egg:
 *
 * <pre>
 * Metadata-Version: 2.1
 * Name: requests
 * Version: 2.31.0
 * </pre>
 *
 * @see <a href="https://packaging.python.org/en/latest/specifications/core-metadata/">Core
 *     metadata</a>
 */
final class PythonMetadata {
  private PythonMetadata() {}

  /** Whether it stands at this path. */
  static boolean isAt(String path) {
    return path.endsWith(".dist-info/METADATA")
        || path.endsWith(".egg-info/PKG-INFO")
        || (path.endsWith(".egg-info") && path.contains("-packages/"));
  }

  /** Reduces it to {@link PackageText}. */
  static byte[] reduce(byte[] content) {
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
    return PackageText.ofOne(
        "pypi", name, version, "no Name and Version before the first empty line");
  }
}
