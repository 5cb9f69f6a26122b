package dev.tare.store;

import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The facts of an image as they are stored: what the clock alone changes is set apart, so that an
 * image that did not change has the same content in every run.
 *
 * @param content with null in the place of each value of the moment
 * @param moment a JSON array of these values, in the order of {@link #MOMENT}, null where there is
 *     none
 */
record PackedFacts(PackedJson content, String moment) {
  private static final List<JsonPointer> MOMENT =
      List.of(JsonPointer.compile("/evaluatedAt"), JsonPointer.compile("/image/ageDays"));

  static PackedFacts of(JsonNode facts) {
    JsonNode steady = facts.deepCopy();
    ArrayNode moment = JsonNodeFactory.instance.arrayNode();
    for (JsonPointer place : MOMENT) {
      JsonNode value = facts.at(place);
      moment.add(value.isMissingNode() ? NullNode.instance : value);
      if (!value.isMissingNode()) {
        put(steady, place, NullNode.instance);
      }
    }
    return new PackedFacts(PackedJson.of(steady), moment.toString());
  }

  /** The facts again, in their order. */
  static JsonNode unpack(byte[] content, String moment) {
    JsonNode facts = StoredJson.inflatedTree(content);
    JsonNode values = StoredJson.value(moment, JsonNode.class);
    for (int i = 0; i < MOMENT.size(); i++) {
      if (!values.path(i).isNull()) {
        put(facts, MOMENT.get(i), values.path(i));
      }
    }
    return facts;
  }

  private static void put(JsonNode facts, JsonPointer place, JsonNode value) {
    if (facts.at(place.head()) instanceof ObjectNode parent) {
      parent.set(place.last().getMatchingProperty(), value);
    }
  }
}
