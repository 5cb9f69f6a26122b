package dev.tare.cli.option;

import dev.tare.error.FileReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is given in the environment and nowhere else: in a variable, or in the file that the
 * variable with {@code _FILE} behind its name names, which wins.
 */
final class SecretVariable {
  private static final int LONGEST_BYTES = 4_096;

  private SecretVariable() {}

  /** Its value without white space around it; empty where there is none. */
  static String of(String name, Map<String, String> environment) {
    String file = environment.getOrDefault(name + "_FILE", "");
    String given =
        file.isBlank() ? environment.getOrDefault(name, "") : read(name, Path.of(file.strip()));
    return given.strip();
  }

  private static String read(String name, Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Usage.error(
          name + "_FILE " + file + ": " + FileReason.of(e), "Name a file that can be read.");
    }
  }
}
