package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutOffRulesTest {
  private final CutOffRules rules = new CutOffRules();

  @Test
  void ruleThatUsesUpItsTimeOnSeveralImagesIsNotTriedOnMore() {
    rules.add("ACME-1", true, "it took longer than 20 s");
    rules.add("ACME-1", true, "it took longer than 20 s");
    assertThat(rules.givenUp("ACME-1")).isEmpty();
    rules.add("ACME-1", true, "it needs more memory than 256 MiB");
    assertThat(rules.givenUp("ACME-1"))
        .contains(
            "not tried on this image after 3 others, the last time: it needs more memory than 256 MiB");
    assertThat(rules.rules()).containsExactly("ACME-1");
  }

  @Test
  void ruleThatAbortsIsTriedOnEveryImageBecauseThatCostsLittle() {
    for (int i = 0; i < 10; i++) {
      rules.add("ACME-1", false, "var assignment conflict");
    }
    assertThat(rules.givenUp("ACME-1")).isEmpty();
    assertThat(rules.rules()).containsExactly("ACME-1");
  }
}
