package dev.tare.policy;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of the facts as {@code opa} understands it: of {@code "type": ["string", "null"]} it
 * sees the first alone, and takes {@code input.image.config.user == null} for an error; {@code
 * anyOf} it reads whole.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/policy-language#schema">Type checking with
 *     schemas</a>
 */
final class OpaSchema {
  private OpaSchema() {}

  /** The same schema with {@code anyOf} for every list of types. */
  static byte[] of(byte[] schema) {
    return JsonMapper.shared().writeValueAsBytes(read(JsonMapper.shared().readTree(schema)));
  }

  private static JsonNode read(JsonNode node) {
    if (node.isArray()) {
      ArrayNode all = JsonMapper.shared().createArrayNode();
      node.forEach(element -> all.add(read(element)));
      return all;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode read = JsonMapper.shared().createObjectNode();
    node.properties().forEach(entry -> read.set(entry.getKey(), read(entry.getValue())));
    JsonNode types = read.path("type");
    if (!types.isArray()) {
      return read;
    }
    ObjectNode any = JsonMapper.shared().createObjectNode();
    ArrayNode choices = any.putArray("anyOf");
    types.forEach(type -> choices.add(read.deepCopy().set("type", type)));
    return any;
  }
}
