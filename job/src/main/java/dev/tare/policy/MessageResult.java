package dev.tare.policy;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a rule of Conftest's form says: a set of messages, texts or objects with a {@code msg}. None
 * is a pass.
 */
final class MessageResult {
  private static final int SAID = 5;
  private static final int LISTED = 50;

  private MessageResult() {}

  /** The outcome, as rules of the library's form give it, of a value of such a rule. */
  static JsonNode outcome(JsonNode messages) {
    ObjectNode outcome = JsonMapper.shared().createObjectNode();
    if (!messages.isArray()) {
      return outcome
          .put("outcome", "unknown")
          .put(
              "message",
              "The rule gave "
                  + (messages.isMissingNode() ? "nothing" : messages.toString())
                  + ", and a set of messages is expected.");
    }
    if (messages.isEmpty()) {
      return outcome.put("outcome", "pass").put("message", "");
    }
    List<String> texts = new ArrayList<>();
    ArrayNode items = JsonMapper.shared().createArrayNode();
    for (JsonNode message : messages) {
      if (texts.size() < SAID) {
        texts.add(text(message));
      }
      if (items.size() < LISTED) {
        items.add(message);
      }
    }
    outcome.put("outcome", "fail").put("message", String.join(" ", texts));
    outcome
        .putObject("evidence")
        .put("found", messages.size())
        .put("allowed", 0)
        .set("items", items);
    return outcome;
  }

  private static String text(JsonNode message) {
    JsonNode said = message.isObject() && message.has("msg") ? message.get("msg") : message;
    return said.isString() ? said.asString() : said.toString();
  }
}
