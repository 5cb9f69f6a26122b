package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

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
        throw invalid(what, "rule " + rule.id() + " stands there twice");
      }
      rules.add(rule);
    }
    rules.sort(Comparator.comparing(RuleDoc::id));
    return rules;
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
        node.path("rationale").asString(""),
        node.path("remediation").asString(""),
        texts(node.path("relatedResources")),
        controls,
        node.path("since").asString(""));
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
