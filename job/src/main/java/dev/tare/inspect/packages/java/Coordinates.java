package dev.tare.inspect.packages.java;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What an artifact is called in a Maven repository. */
record Coordinates(String group, String artifact, String version) {
  /** As long as the name of a file may be. */
  private static final int LONGEST = 255;

  /**
   * Of a {@code pom.properties}; null where it does not say all three.
   *
   * @see <a href="https://maven.apache.org/shared/maven-archiver/#pom-properties-content">Maven
   *     archiver</a>
   */
  static @Nullable Coordinates of(byte[] properties) {
    Properties read = new Properties();
    try {
      read.load(new ByteArrayInputStream(properties));
    } catch (IOException | IllegalArgumentException e) {
      return null; // \\u without four digits.
    }
    String group = value(read, "groupId");
    String artifact = value(read, "artifactId");
    String version = value(read, "version");
    return group == null || artifact == null || version == null
        ? null
        : new Coordinates(group, artifact, version);
  }

  private static @Nullable String value(Properties read, String key) {
    String value = read.getProperty(key, "").strip();
    return value.isEmpty() || value.length() > LONGEST || value.contains("${") ? null : value;
  }
}
