package dev.tare.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.testing.SampleRun;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutcomeChangesTest {
  private static final SampleRun RUN = SampleRun.small();

  @Test
  void sameOutcomesAreOneLine() {
    assertThat(OutcomeChanges.between(RUN, RUN).lines("r1"))
        .containsExactly("Compared with r1: every outcome is the same.");
  }

  @Test
  void imageOfSeveralPlatformsIsNamedWithEachAndOthersWithout() {
    Map<String, Long> platforms =
        RUN.images().stream()
            .collect(Collectors.groupingBy(JudgedImage::reference, Collectors.counting()));
    assertThat(platforms.values()).contains(1L, 2L);
    String rule = RUN.images().getFirst().outcomes().getFirst().rule();

    List<String> lines =
        OutcomeChanges.between(
                RUN.with(outcome -> otherwise(outcome, rule, OutcomeKind.PASS)),
                RUN.with(outcome -> otherwise(outcome, rule, OutcomeKind.FAIL)))
            .lines("r1");

    assertThat(lines)
        .first()
        .isEqualTo("Compared with r1: " + RUN.images().size() + " pass → fail");
    for (JudgedImage image : RUN.images()) {
      String name =
          image.reference()
              + (platforms.getOrDefault(image.reference(), 0L) > 1 ? " " + image.platform() : "");
      assertThat(lines).containsOnlyOnce("  " + name + "  " + rule + "  pass → fail");
    }
  }

  private static Outcome otherwise(Outcome outcome, String rule, OutcomeKind kind) {
    return outcome.rule().equals(rule)
        ? new Outcome(
            rule,
            kind,
            outcome.severity(),
            outcome.message(),
            outcome.evidence(),
            outcome.fingerprint(),
            null)
        : outcome;
  }
}
