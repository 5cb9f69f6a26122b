package dev.tare.policy;

import dev.tare.finding.RuleDoc;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The rules of a bundle that come to something else when nothing but time has passed.
 *
 * @param rules by identifier
 * @param input the parts of the input that they read; empty where that is not known
 */
record TimedRules(Set<String> rules, List<String> input) {
  private static final Set<String> TIME = Set.of("evaluatedAt", "image", "image.ageDays");

  TimedRules {
    rules = Set.copyOf(rules);
    input = List.copyOf(input);
  }

  /**
   * As the manifest says; where it does not, all rules of a bundle that is given the time.
   *
   * @param said {@code metadata.timed} of the manifest
   * @param input the parts of the input that all its rules read, empty for everything
   */
  static TimedRules of(JsonNode said, List<String> input, Collection<RuleDoc> docs) {
    if (said.isObject()) {
      return new TimedRules(
          Set.copyOf(RuleDocs.texts(said.path("rules"))), RuleDocs.texts(said.path("input")));
    }
    if (!input.isEmpty() && Collections.disjoint(TIME, input)) {
      return new TimedRules(Set.of(), List.of());
    }
    return new TimedRules(
        docs.stream().map(RuleDoc::id).collect(Collectors.toUnmodifiableSet()), input);
  }
}
