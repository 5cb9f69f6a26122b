package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.RuleDoc;
import dev.tare.policy.PolicyEngine.Scope;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TimedRulesTest {
  private static final List<RuleDoc> DOCS =
      RuleDocs.read("a test", json("[{\"id\": \"A-1\", \"severity\": \"low\"}]"));

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static Map<String, Outcome> byRule(List<Outcome> outcomes) {
    Map<String, Outcome> byRule = new HashMap<>();
    outcomes.forEach(outcome -> byRule.put(outcome.rule(), outcome));
    return byRule;
  }

  /** Judged on another day, each example comes to the same but for the rules that are timed. */
  @Test
  void noOtherRuleOfTheLibraryReadsTheTimeAndTheseComeToTheSameAlone() {
    Set<String> timed = Set.of("TARE-BASE-010", "TARE-FRESH-001", "TARE-FRESH-002");
    Set<String> changed = new TreeSet<>();
    try (PolicyEngine engine = PolicyEngines.open(List.of(), PolicySettings.defaults())) {
      for (Path example : Examples.all()) {
        ObjectNode facts = (ObjectNode) Examples.read(example);
        Map<String, Outcome> before = byRule(engine.evaluate(facts));
        facts.put("evaluatedAt", "2041-03-05T00:00:00Z");
        if (facts.path("image").path("ageDays").isNumber()) {
          facts.withObjectProperty("image").put("ageDays", 7_000);
        }
        Map<String, Outcome> later = byRule(engine.evaluate(facts));
        before.forEach((rule, outcome) -> {
          if (!outcome.equals(later.get(rule))) {
            changed.add(rule);
          }
        });
        Map<String, Outcome> alone = byRule(engine.evaluate(facts, Scope.TIMED).outcomes());
        assertThat(alone.keySet()).isEqualTo(timed);
        alone.forEach((rule, outcome) ->
            assertThat(outcome).as("%s of %s", rule, example).isEqualTo(later.get(rule)));
      }
    }
    assertThat(changed).isEqualTo(timed);
  }

  @Test
  void bundleThatSaysNothingIsTimedWhereItIsGivenTheTime() {
    JsonNode nothing = json("{}").path("timed");
    assertThat(TimedRules.of(nothing, List.of("tools", "image.config"), DOCS).rules()).isEmpty();
    assertThat(TimedRules.of(nothing, List.of(), DOCS).rules()).containsExactly("A-1");
    assertThat(TimedRules.of(nothing, List.of("image"), DOCS).rules()).containsExactly("A-1");
    assertThat(TimedRules.of(nothing, List.of("evaluatedAt"), DOCS).rules()).containsExactly("A-1");
    assertThat(
            TimedRules.of(
                    json("{\"rules\": [], \"input\": [\"tools\"]}"), List.of("evaluatedAt"), DOCS)
                .rules())
        .isEmpty();
  }
}
