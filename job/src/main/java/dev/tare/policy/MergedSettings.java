package dev.tare.policy;

import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The settings of one bundle's rules for one kind of image, ready to be handed to the module. */
final class MergedSettings {
  private final JsonNode bundleData;
  private final ObjectNode rules;
  private final Map<String, Severity> severities;
  private final Map<String, Severity> severitiesOfUnknown;
  private final String data;

  /** As few as there are rules that fail to be evaluated. */
  private final Map<Set<String>, String> withoutSome = new ConcurrentHashMap<>();

  /**
   * Settings to hand over in place of the bundle's own.
   *
   * @param bundleData everything else the bundle's {@code data.json} holds stays in place
   */
  MergedSettings(
      JsonNode bundleData,
      ObjectNode rules,
      Map<String, Severity> severities,
      Map<String, Severity> severitiesOfUnknown) {
    this.bundleData = bundleData;
    this.rules = rules;
    this.severities = Map.copyOf(severities);
    this.severitiesOfUnknown = Map.copyOf(severitiesOfUnknown);
    this.data = document(rules);
  }

  /** The base documents, JSON. */
  String data() {
    return data;
  }

  /** The base documents with these rules switched off. */
  String dataWithout(Set<String> ids) {
    return ids.isEmpty() ? data : withoutSome.computeIfAbsent(ids, this::without);
  }

  /** The base documents with every rule but one switched off. */
  String dataOfOnly(String id) {
    Set<String> others = new TreeSet<>(rules.propertyNames());
    others.remove(id);
    return without(others);
  }

  /** Whether a rule is to be judged by. */
  boolean enabled(String id) {
    return rules.path(id).path("enabled").asBoolean(true);
  }

  private String without(Set<String> ids) {
    ObjectNode some = rules.deepCopy();
    ids.forEach(id -> some.withObjectProperty(id).put("enabled", false));
    return document(some);
  }

  /**
   * How much an outcome of this rule weighs. Where a rule needs facts that most installations do
   * not gather, settings make its unknown outcomes weigh less than its failures.
   */
  Severity severity(String id, OutcomeKind kind) {
    Severity severity = severities.getOrDefault(id, Severity.MEDIUM);
    return kind == OutcomeKind.UNKNOWN ? severitiesOfUnknown.getOrDefault(id, severity) : severity;
  }

  private String document(ObjectNode all) {
    ObjectNode root = (ObjectNode) bundleData.deepCopy();
    ObjectNode settings = root.withObjectProperty("tare").putObject("settings");
    settings.putObject("defaults").set("rules", all);
    return JsonMapper.shared().writeValueAsString(root);
  }
}
