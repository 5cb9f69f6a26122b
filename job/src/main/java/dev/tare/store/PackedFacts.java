package dev.tare.store;

import dev.tare.store.packed.StoredJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The facts of an image as they are stored: what the clock alone changes is set apart, so that an
 * image that did not change has the same content in every run.
 */
public final class PackedFacts {
  /** Length of a date, {@code 2026-11-29}. */
  private static final int DATE = 10;

  private static final List<JsonPointer> MOMENT =
      List.of(JsonPointer.compile("/evaluatedAt"), JsonPointer.compile("/image/ageDays"));

  private final PackedJson content;
  private final String moment;

  private PackedFacts(PackedJson content, String moment) {
    this.content = content;
    this.moment = moment;
  }

  /** With null in the place of each value of the moment. */
  PackedJson content() {
    return content;
  }

  /** A JSON array of these values, in the order of {@link #MOMENT}, null where there is none. */
  String moment() {
    return moment;
  }

  /**
   * The moment of facts of this clock and age.
   *
   * @param ageDays of the image, null where it does not say when it was built
   */
  public static String moment(Instant evaluatedAt, @Nullable Long ageDays) {
    return JsonNodeFactory.instance.arrayNode().add(evaluatedAt.toString()).add(ageDays).toString();
  }

  /** What of a moment rules read: its day, and the age. */
  static String day(String moment) {
    JsonNode values = StoredJson.value(moment, JsonNode.class);
    String evaluatedAt = values.path(0).asString("");
    return evaluatedAt.substring(0, Math.min(DATE, evaluatedAt.length())) + " " + values.path(1);
  }

  /** Packs them: that takes no database. */
  public static PackedFacts of(JsonNode facts) {
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
