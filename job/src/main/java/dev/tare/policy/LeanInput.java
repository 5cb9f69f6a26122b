package dev.tare.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts a facts document down to what a bundle's rules read. The cost of an evaluation follows the
 * size of its input, and the lists of packages and history, which few rules read, are most of it.
 */
final class LeanInput {
  private final Set<String> parts;
  private final Map<String, Set<String>> fields;
  private final Set<String> roots = new HashSet<>();

  /**
   * Keeps these parts, {@code layers} or {@code image.config}; everything where there are none,
   * because then the bundle does not say what it reads.
   *
   * @param fields of the elements of a list what to keep, by part; the other lists stay whole
   */
  LeanInput(List<String> parts, Map<String, List<String>> fields) {
    this.parts = Set.copyOf(parts);
    this.fields =
        fields.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Set.copyOf(e.getValue())));
    this.parts.forEach(part -> roots.add(root(part)));
  }

  /** The document without the parts that are not read; shares the rest with it. */
  JsonNode of(JsonNode facts) {
    if (parts.isEmpty()) {
      return facts;
    }
    ObjectNode lean = JsonMapper.shared().createObjectNode();
    facts
        .properties()
        .forEach(entry -> {
          String key = entry.getKey();
          if (parts.contains(key)) {
            lean.set(key, elements(key, entry.getValue()));
          } else if (roots.contains(key)) {
            lean.set(key, children(key, entry.getValue()));
          }
        });
    return lean;
  }

  private JsonNode children(String root, JsonNode object) {
    if (!object.isObject()) {
      return object;
    }
    ObjectNode lean = JsonMapper.shared().createObjectNode();
    object
        .properties()
        .forEach(entry -> {
          String part = root + "." + entry.getKey();
          if (parts.contains(part)) {
            lean.set(entry.getKey(), elements(part, entry.getValue()));
          }
        });
    return lean;
  }

  private JsonNode elements(String part, JsonNode list) {
    Set<String> kept = fields.get(part);
    if (kept == null || !list.isArray()) {
      return list;
    }
    ArrayNode lean = JsonMapper.shared().createArrayNode();
    for (JsonNode element : list) {
      lean.add(element instanceof ObjectNode object ? object.deepCopy().retain(kept) : element);
    }
    return lean;
  }

  private static String root(String part) {
    int dot = part.indexOf('.');
    return dot < 0 ? part : part.substring(0, dot);
  }
}
