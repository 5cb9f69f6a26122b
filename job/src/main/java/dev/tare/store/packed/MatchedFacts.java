package dev.tare.store.packed;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts what packages came to into the facts of an image. Revisions and times of feeds stand with
 * the run, because they change when nothing else does.
 */
public final class MatchedFacts {
  private static final String VULNERABILITIES = "vulnerabilities";

  private MatchedFacts() {}

  /**
   * The facts with matches; as they are where there are none.
   *
   * @param matches deflated
   * @param feeds of the run, a JSON array of sources
   */
  public static JsonNode put(JsonNode facts, byte @Nullable [] matches, @Nullable String feeds) {
    if (matches == null || !(facts instanceof ObjectNode document)) {
      return facts;
    }
    JsonNode found = StoredJson.inflatedTree(matches);
    JsonNode vulnerabilities = found.path(VULNERABILITIES);
    Map<String, JsonNode> pinned = new HashMap<>();
    if (feeds != null) {
      StoredJson.value(feeds, JsonNode.class)
          .forEach(feed -> pinned.put(feed.path("name").asString(""), feed));
    }
    for (JsonNode source : vulnerabilities.path("sources")) {
      JsonNode feed = pinned.get(source.path("name").asString(""));
      if (feed != null && source instanceof ObjectNode of) {
        of.set("revision", feed.path("revision"));
        of.set("updatedAt", feed.path("updatedAt"));
      }
    }
    document.set(VULNERABILITIES, vulnerabilities);
    document.set("gaps", gaps(facts.path("gaps"), found.path("gaps")));
    return document;
  }

  /** Why vulnerabilities may be missing is said by what matched. */
  private static ArrayNode gaps(JsonNode before, JsonNode reasons) {
    ArrayNode gaps = JsonNodeFactory.instance.arrayNode();
    for (JsonNode gap : before) {
      if (!gap.path("fact").asString("").equals(VULNERABILITIES)) {
        gaps.add(gap);
      }
    }
    for (JsonNode reason : reasons) {
      gaps.addObject()
          .put("fact", VULNERABILITIES)
          .putNull("path")
          .putNull("layer")
          .put("reason", reason.asString(""));
    }
    return gaps;
  }
}
