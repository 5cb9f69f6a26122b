package dev.tare.testing;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a facts document in place. */
final class ObjectEditor {
  private final ObjectNode facts;

  private ObjectEditor(ObjectNode facts) {
    this.facts = facts;
  }

  static ObjectEditor of(ObjectNode facts) {
    return new ObjectEditor(facts);
  }

  ObjectEditor secret(String kind, String path, int layer, boolean hidden) {
    array("secrets")
        .addObject()
        .put("kind", kind)
        .put("path", path)
        .put("layer", layer)
        .put("hidden", hidden);
    return this;
  }

  ObjectEditor service(String name, String path) {
    array("services").addObject().put("name", name).put("path", path);
    return this;
  }

  ObjectEditor state(String kind, String path, long bytes) {
    array("state").addObject().put("kind", kind).put("path", path).put("bytes", bytes);
    return this;
  }

  ObjectEditor gap(String fact, String path, int layer, String reason) {
    array("gaps")
        .addObject()
        .put("fact", fact)
        .put("path", path)
        .put("layer", layer)
        .put("reason", reason);
    return this;
  }

  ObjectEditor outdated(String currentDigest, int lagDays) {
    ((ObjectNode) facts.path("base"))
        .putObject("outdated")
        .put("known", true)
        .put("currentDigest", currentDigest)
        .put("lagDays", lagDays);
    return this;
  }

  ObjectEditor user(String user) {
    ((ObjectNode) facts.path("image").path("config")).put("user", user);
    return this;
  }

  private ArrayNode array(String name) {
    return (ArrayNode) facts.path(name);
  }
}
