package dev.tare.policy;

import dev.tare.finding.Severity;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The settings of one bundle's rules for one kind of image, ready to be handed to the module. */
final class MergedSettings {
  private final JsonNode bundleData;
  private final ObjectNode rules;
  private final Map<String, Severity> severities;
  private final String data;

  /**
   * Settings to hand over in place of the bundle's own.
   *
   * @param bundleData everything else the bundle's {@code data.json} holds stays in place
   */
  MergedSettings(JsonNode bundleData, ObjectNode rules, Map<String, Severity> severities) {
    this.bundleData = bundleData;
    this.rules = rules;
    this.severities = Map.copyOf(severities);
    this.data = document(rules);
  }

  /** The base documents, JSON. */
  String data() {
    return data;
  }

  /** The base documents with every rule but one switched off. */
  String dataOfOnly(String id) {
    ObjectNode alone = rules.deepCopy();
    alone.propertyNames().stream()
        .filter(other -> !other.equals(id))
        .forEach(other -> alone.withObjectProperty(other).put("enabled", false));
    return document(alone);
  }

  Severity severity(String id) {
    return severities.getOrDefault(id, Severity.MEDIUM);
  }

  private String document(ObjectNode all) {
    ObjectNode root = (ObjectNode) bundleData.deepCopy();
    ObjectNode settings = root.withObjectProperty("tare").putObject("settings");
    settings.putObject("defaults").set("rules", all);
    return JsonMapper.shared().writeValueAsString(root);
  }
}
