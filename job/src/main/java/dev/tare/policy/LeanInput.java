package dev.tare.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Cuts a facts document down to what a bundle's rules read. The cost of an evaluation follows the
 * size of its input, and the lists of packages and history, which few rules read, are most of it.
 */
final class LeanInput {
  private final Set<String> parts;
  private final Set<String> roots = new HashSet<>();

  /**
   * Keeps these parts, {@code layers} or {@code image.config}; everything where there are none,
   * because then the bundle does not say what it reads.
   */
  LeanInput(List<String> parts) {
    this.parts = Set.copyOf(parts);
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
            lean.set(key, entry.getValue());
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
          if (parts.contains(root + "." + entry.getKey())) {
            lean.set(entry.getKey(), entry.getValue());
          }
        });
    return lean;
  }

  private static String root(String part) {
    int dot = part.indexOf('.');
    return dot < 0 ? part : part.substring(0, dot);
  }
}
