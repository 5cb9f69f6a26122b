package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.Control;
import dev.tare.finding.Framework;
import dev.tare.finding.Frameworks;
import dev.tare.finding.RuleDoc;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the METADATA of rules and the shipped frameworks to each other. */
class ControlsTest {
  private static final List<RuleDoc> RULES = PolicyEngines.builtIn().rules();

  @Test
  void everyControlThatARuleNamesExists() {
    Set<String> known = new TreeSet<>();
    for (Framework framework : Frameworks.shipped()) {
      framework.controls().forEach(control -> known.add(framework.id() + " " + control.id()));
    }
    Set<String> named = new TreeSet<>();
    RULES.forEach(rule ->
        rule.controls()
            .forEach((framework, ids) -> ids.forEach(id -> named.add(framework + " " + id))));
    assertThat(known).containsAll(named);
  }

  @Test
  void everyControlHasARuleOrAReasonWhyNot() {
    for (Framework framework : Frameworks.shipped()) {
      for (Control control : framework.controls()) {
        assertThat(framework.coverage(control, RULES))
            .as(framework.id() + " " + control.id())
            .isNotEqualTo(Control.Coverage.NOT_COVERED);
      }
    }
  }

  /** What people have to look at too is not satisfied by rules alone. */
  @Test
  void controlWithRulesAndAReasonToLookIsNotSatisfiedByRules() {
    for (Framework framework : Frameworks.shipped()) {
      for (Control control : framework.controls()) {
        if (!framework.rulesOf(control, RULES).isEmpty()) {
          assertThat(control.evidence() == Control.Evidence.VIOLATION_ONLY)
              .as(framework.id() + " " + control.id())
              .isEqualTo(control.manual() != null);
        }
      }
    }
  }

  /**
   * Each risk of chapter 3 of NIST SP 800-190 has its countermeasure under the same number in 4.
   */
  @Test
  void rulesOfARiskAreRulesOfItsCountermeasure() {
    for (RuleDoc rule : RULES) {
      List<String> controls = rule.controls().getOrDefault("nist-800-190", List.of());
      assertThat(controls)
          .as(rule.id())
          .containsAll(
              controls.stream()
                  .filter(control -> control.startsWith("3."))
                  .map(control -> "4." + control.substring(2))
                  .toList());
    }
  }
}
