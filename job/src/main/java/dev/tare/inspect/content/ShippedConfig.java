package dev.tare.inspect.content;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the lists of {@code config/}, which ship inside the jar as they are. */
public final class ShippedConfig {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ShippedConfig() {}

  /** The bytes of a file of {@code config/}, as it was when this jar was built. */
  public static byte[] read(String name) {
    try (InputStream stream = ShippedConfig.class.getResourceAsStream("/tare/config/" + name)) {
      if (stream == null) {
        throw new TareException(
            FailureKind.INTERNAL, "read shipped " + name + ": not inside the jar");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Maps YAML to records; unknown keys are errors, so that a misspelt one is seen. */
  public static <T> T parse(String source, byte[] yaml, Class<T> type) {
    try {
      T document = MAPPER.readValue(yaml, type);
      if (document == null) {
        throw new TareException(FailureKind.USAGE, "read " + source + ": the document is empty");
      }
      return document;
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.USAGE,
          "read " + source + ": " + e.getOriginalMessage() + " (line " + line(e) + ")",
          "Compare it with the shipped file of that name.",
          e);
    }
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }
}
