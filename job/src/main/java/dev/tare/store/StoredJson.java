package dev.tare.store;

import dev.tare.finding.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as it stands in columns: plain text for small values, deflated for documents. */
final class StoredJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private StoredJson() {}

  static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T value(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  static <T> List<T> list(String text, Class<T> element) {
    JavaType type = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    return MAPPER.readValue(text, type);
  }

  static Map<Severity, Integer> counts(String text) {
    return MAPPER.readValue(
        text,
        MAPPER.getTypeFactory().constructMapType(EnumMap.class, Severity.class, Integer.class));
  }

  static byte[] deflated(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      MAPPER.writeValue(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static JsonNode inflatedTree(byte[] content) {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(content))) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> List<T> inflatedList(byte[] content, Class<T> element) {
    JavaType type = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(content))) {
      return MAPPER.readValue(in, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
