package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PolicyEnginesTest {
  private static PolicyEngine engine;

  @BeforeAll
  static void open() {
    engine = PolicyEngines.open(List.of(), PolicySettings.defaults());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void cleanImageIsCompliant() {
    List<Outcome> outcomes = engine.evaluate(Examples.clean());
    assertThat(Verdict.of(outcomes)).isEqualTo(Verdict.COMPLIANT);
    assertThat(outcomes)
        .extracting(Outcome::kind)
        .isSubsetOf(OutcomeKind.PASS, OutcomeKind.NOT_APPLICABLE);
  }

  @Test
  void everyRuleHasAnOutcomeInTheirOrder() {
    assertThat(engine.evaluate(Examples.clean()))
        .extracting(Outcome::rule)
        .containsExactlyElementsOf(engine.rules().stream().map(RuleDoc::id).toList());
  }
}
