package dev.tare.policy;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the keys of objects in order: the module writes them in the order of a hash table. */
final class SortedJson {
  private SortedJson() {}

  static JsonNode of(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(entry -> sorted.put(entry.getKey(), of(entry.getValue())));
      ObjectNode object = JsonMapper.shared().createObjectNode();
      sorted.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonMapper.shared().createArrayNode();
      node.forEach(element -> array.add(of(element)));
      return array;
    }
    return node;
  }
}
