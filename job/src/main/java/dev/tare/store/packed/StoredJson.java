package dev.tare.store.packed;

import dev.tare.finding.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as it stands in columns: plain text for small values, deflated for documents. What is not
 * what was stored is {@link DamagedContent}.
 */
public final class StoredJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private StoredJson() {}

  /** As text. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** A value of a text. */
  public static <T> T value(String text, Class<T> type) {
    return read(() -> MAPPER.readValue(text, type));
  }

  /** A list of a text. */
  public static <T> List<T> list(String text, Class<T> element) {
    return read(() ->
        MAPPER.readValue(
            text, MAPPER.getTypeFactory().constructCollectionType(List.class, element)));
  }

  /** Counts by severity of a text. */
  public static Map<Severity, Integer> counts(String text) {
    return read(() ->
        MAPPER.readValue(
            text,
            MAPPER
                .getTypeFactory()
                .constructMapType(EnumMap.class, Severity.class, Integer.class)));
  }

  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JacksonException e) {
      throw new DamagedContent(e);
    }
  }

  /** As a document, packed. */
  public static byte[] deflated(Object value) {
    return Deflated.of(MAPPER.writeValueAsBytes(value));
  }

  /** A packed document. */
  public static JsonNode inflatedTree(byte[] content) {
    return read(() -> MAPPER.readTree(Deflated.inflate(content)));
  }

  /** A packed list. */
  public static <T> List<T> inflatedList(byte[] content, Class<T> element) {
    JavaType type = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    return read(() -> MAPPER.readValue(Deflated.inflate(content), type));
  }

  /** A packed map by number. */
  public static <T> Map<Integer, T> inflatedMap(byte[] content, Class<T> element) {
    JavaType type = MAPPER.getTypeFactory().constructMapType(TreeMap.class, Integer.class, element);
    return read(() -> MAPPER.readValue(Deflated.inflate(content), type));
  }
}
