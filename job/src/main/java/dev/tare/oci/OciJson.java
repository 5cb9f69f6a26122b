package dev.tare.oci;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads untrusted JSON documents: lenient about what is missing, strict about what is there. */
final class OciJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final int LONGEST_PLATFORM_PART = 40;

  private OciJson() {}

  static JsonNode object(String what, byte[] content) {
    JsonNode node;
    try {
      node = MAPPER.readTree(content);
    } catch (JacksonException e) {
      throw malformed(what, "not JSON: " + e.getOriginalMessage());
    }
    if (node == null || !node.isObject()) {
      throw malformed(what, "expected a JSON object");
    }
    return node;
  }

  static TareException malformed(String what, String why) {
    return new TareException(FailureKind.BAD_CONTENT, what + ": " + why);
  }

  /** The text of a property, null where it is missing, JSON null or empty. */
  static @Nullable String text(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    return node == null || !node.isString() || node.stringValue().isEmpty()
        ? null
        : node.stringValue();
  }

  /**
   * The elements of an array of strings; empty where it is missing or JSON null; a single string
   * counts as one element.
   */
  static List<String> texts(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    if (node == null) {
      return List.of();
    }
    if (node.isString()) {
      return List.of(node.stringValue());
    }
    List<String> values = new ArrayList<>();
    for (JsonNode element : node) {
      if (element.isString()) {
        values.add(element.stringValue());
      }
    }
    return values;
  }

  static Map<String, String> textMap(JsonNode parent, String name) {
    Map<String, String> map = new LinkedHashMap<>();
    JsonNode node = parent.get(name);
    if (node != null && node.isObject()) {
      node.properties()
          .forEach(entry -> {
            if (entry.getValue().isString()) {
              map.put(entry.getKey(), entry.getValue().stringValue());
            }
          });
    }
    return map;
  }

  static List<String> keys(JsonNode parent, String name) {
    JsonNode node = parent.get(name);
    return node != null && node.isObject() ? List.copyOf(node.propertyNames()) : List.of();
  }

  static Descriptor descriptor(String what, @Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      throw malformed(what, "expected a descriptor object");
    }
    String digest = text(node, "digest");
    JsonNode size = node.get("size");
    if (digest == null || size == null || !isSize(size)) {
      throw malformed(what, "a descriptor needs digest and a size of zero or more");
    }
    return new Descriptor(
        mediaType(what, node),
        Digest.parse(digest),
        size.longValue(),
        platform(node.get("platform")),
        text(node, "artifactType"),
        textMap(node, "annotations"));
  }

  /** What the document or descriptor says it is; empty where it says nothing. */
  static String mediaType(String what, JsonNode node) {
    String mediaType = text(node, "mediaType");
    if (mediaType != null && !MediaTypes.isOne(mediaType)) {
      throw malformed(what, "the media type is none that anybody has registered");
    }
    return mediaType == null ? "" : mediaType;
  }

  private static String platformPart(String kind, String text) {
    if (text.length() > LONGEST_PLATFORM_PART || !MediaTypes.isPrintable(text)) {
      throw malformed(
          "platform",
          kind + ": expected up to " + LONGEST_PLATFORM_PART + " printable characters of ASCII");
    }
    return text;
  }

  private static boolean isSize(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0;
  }

  static List<Descriptor> descriptors(String what, JsonNode parent, String name) {
    JsonNode array = parent.get(name);
    List<Descriptor> all = new ArrayList<>();
    if (array != null && !array.isNull()) {
      if (!array.isArray()) {
        throw malformed(what, name + " is not an array");
      }
      for (int i = 0; i < array.size(); i++) {
        all.add(descriptor(what + ": " + name + "[" + i + "]", array.get(i)));
      }
    }
    return all;
  }

  /** Refuses a list that is longer than any honest one. */
  static void requireAtMost(int limit, String what, JsonNode list) {
    if (list.size() > limit) {
      throw new TareException(
          FailureKind.LIMIT, what + ": " + list.size() + " entries, limit " + limit);
    }
  }

  static @Nullable Platform platform(@Nullable JsonNode node) {
    if (node == null || !node.isObject()) {
      return null;
    }
    String os = text(node, "os");
    String architecture = text(node, "architecture");
    if (os == null || architecture == null) {
      return null;
    }
    String variant = text(node, "variant");
    return new Platform(
        platformPart("os", os),
        platformPart("architecture", architecture),
        variant == null ? null : platformPart("variant", variant));
  }
}
