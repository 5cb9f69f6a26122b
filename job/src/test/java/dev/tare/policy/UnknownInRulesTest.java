package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.testing.NullableFacts;
import dev.tare.testing.NullableFacts.Fact;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A rule that depends on a yes or no is not answered where nobody knows which: it is unknown, and
 * says nothing of what it would say of either.
 */
class UnknownInRulesTest {
  private static PolicyEngine engine;

  @BeforeAll
  static void open() {
    engine = PolicyEngines.open(List.of(), PolicySettings.defaults());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static List<Fact> facts() {
    return NullableFacts.all().stream().filter(fact -> fact.type().equals("boolean")).toList();
  }

  @ParameterizedTest
  @MethodSource("facts")
  void ruleThatDependsOnAFactIsUnknownWithoutIt(Fact fact) {
    for (Path example : Examples.all()) {
      if (!String.valueOf(example.getFileName()).startsWith("fail-")) {
        continue;
      }
      JsonNode facts = Examples.read(example);
      JsonNode unknown = fact.unknown(facts);
      if (fact.known(facts).contains(unknown)) {
        continue; // Has nothing that the fact could be of.
      }
      List<Map<String, Outcome>> known =
          fact.known(facts).stream().map(UnknownInRulesTest::judged).toList();
      judged(unknown)
          .forEach((rule, outcome) -> {
            Outcome yes = known.getFirst().getOrDefault(rule, outcome);
            Outcome no = known.getLast().getOrDefault(rule, outcome);
            if (yes.kind() != no.kind()) {
              assertThat(outcome.kind()).as(rule + " of " + example).isEqualTo(OutcomeKind.UNKNOWN);
            } else if (!yes.equals(no)) {
              assertThat(outcome).as(rule + " of " + example).isNotIn(yes, no);
            }
          });
    }
  }

  private static Map<String, Outcome> judged(JsonNode facts) {
    Map<String, Outcome> outcomes = new HashMap<>();
    engine.evaluate(facts).forEach(outcome -> outcomes.put(outcome.rule(), outcome));
    return outcomes;
  }
}
