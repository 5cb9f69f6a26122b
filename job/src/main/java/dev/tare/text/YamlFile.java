package dev.tare.text;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A file that people wrote or review, read as a whole. */
public final class YamlFile {
  private static final long MAX_BYTES = 8 << 20;

  private YamlFile() {}

  /**
   * The document in a YAML or JSON file.
   *
   * @param what it holds, for errors: {@code waivers}
   * @param missing what to do where there is no such file
   * @param form what to do where it is no YAML
   * @throws TareException of kind USAGE where it cannot be read
   */
  public static JsonNode read(String what, Path file, String missing, String form) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new TareException(
          FailureKind.USAGE, "read " + what + " " + file + ": no readable file", missing);
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TareException(
            FailureKind.USAGE,
            "read " + what + " " + file + ": larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return new YAMLMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE, "read " + what + " " + file + ": " + e.getMessage(), null, e);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + what + " " + file + where(e) + ": no valid YAML: " + firstLine(e),
          form,
          e);
    }
  }

  private static String where(JacksonException e) {
    return e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
  }

  /** The parser goes on with an excerpt of the file, drawn over several lines. */
  private static String firstLine(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }
}
