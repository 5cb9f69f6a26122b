package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.ActionKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a bundle's {@code rules.json}: identifier, title and severity are needed, all else may be
 * absent.
 */
final class RuleDocs {
  private RuleDocs() {}

  static List<RuleDoc> read(String what, JsonNode array) {
    if (!array.isArray() || array.isEmpty()) {
      throw invalid(what, "expected a JSON array with at least one rule");
    }
    List<RuleDoc> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode node : array) {
      RuleDoc rule = rule(what, node);
      if (!seen.add(rule.id())) {
        throw invalid(what, "rule " + rule.id() + " is there twice");
      }
      rules.add(rule);
    }
    rules.sort(Comparator.comparing(RuleDoc::id));
    return rules;
  }

  /** Adds to an element of {@code rules.json} what METADATA says of its rule. */
  static void describe(ObjectNode rule, JsonNode metadata) {
    JsonNode custom = metadata.path("custom");
    List.of("id", "severity", "theme", "action", "rationale", "remediation", "controls", "since")
        .forEach(key -> {
          if (custom.has(key)) {
            rule.set(key, custom.get(key));
          }
        });
    if (metadata.has("title")) {
      rule.set("title", metadata.get("title"));
    }
    rule.put("description", metadata.path("description").asString("").strip());
    ArrayNode related = rule.putArray("relatedResources");
    metadata.path("related_resources").forEach(r -> related.add(r.path("ref").asString("")));
  }

  /**
   * Entrypoints of rules that have one of their own, by identifier; none where the bundle has one
   * for all.
   */
  static Map<String, String> entrypoints(String what, JsonNode array) {
    Map<String, String> entrypoints = new TreeMap<>();
    for (JsonNode rule : array) {
      if (rule.has("entrypoint")) {
        entrypoints.put(rule.path("id").asString(""), rule.path("entrypoint").asString(""));
      }
    }
    if (!entrypoints.isEmpty() && entrypoints.size() < array.size()) {
      throw invalid(what, "some rules have an entrypoint of their own and some have not");
    }
    return entrypoints;
  }

  private static RuleDoc rule(String what, JsonNode node) {
    String id = node.path("id").asString("");
    if (id.isEmpty()) {
      throw invalid(what, "a rule has no id");
    }
    String severity = node.path("severity").asString("");
    Map<String, List<String>> controls = new TreeMap<>();
    node.path("controls").properties().forEach(e -> controls.put(e.getKey(), texts(e.getValue())));
    return new RuleDoc(
        id,
        node.path("title").asString(id),
        node.path("description").asString(""),
        Severity.ofWord(severity)
            .orElseThrow(() ->
                invalid(
                    what,
                    "rule "
                        + id
                        + ": severity \""
                        + severity
                        + "\", expected note, low, medium, high or critical")),
        node.path("theme").asString(""),
        action(what, id, node.path("action").asString(ActionKind.OTHER.word())),
        node.path("rationale").asString(""),
        node.path("remediation").asString(""),
        texts(node.path("relatedResources")),
        controls,
        node.path("since").asString(""));
  }

  private static ActionKind action(String what, String id, String word) {
    return ActionKind.ofWord(word)
        .orElseThrow(() ->
            invalid(
                what,
                "rule "
                    + id
                    + ": action \""
                    + word
                    + "\", expected one of "
                    + Stream.of(ActionKind.values())
                        .map(ActionKind::word)
                        .collect(Collectors.joining(", "))));
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asString("")));
    return texts;
  }

  private static TareException invalid(String what, String why) {
    return new TareException(FailureKind.USAGE, "open " + what + ": rules.json: " + why);
  }
}
