package dev.tare.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.SampleRun;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final String RULE = "TARE-TOOL-001";

  private final SampleRun run = SampleRun.small();

  @Test
  void theSameRunTwiceIsUnchanged() {
    Comparison same = Comparison.of(run, run);
    assertThat(same.count(FindingChange.UNCHANGED)).isEqualTo(failing(run, any -> true).size());
    for (FindingChange change : FindingChange.values()) {
      assertThat(change == FindingChange.UNCHANGED || same.count(change) == 0).isTrue();
    }
  }

  @Test
  void whatTheEarlierRunDidNotLookAtIsNew() {
    Predicate<JudgedImage> known = image -> !image.repository().startsWith("legacy/");
    Comparison since = Comparison.of(run.earlier(known), run);
    Set<String> before = failing(run.earlier(known), any -> true);
    Set<String> now = failing(run, any -> true);
    assertThat(since.count(FindingChange.NEW)).isPositive().isEqualTo(now.size() - before.size());
    assertThat(since.count(FindingChange.UNCHANGED)).isEqualTo(before.size());
    for (JudgedImage image : run.images()) {
      for (Outcome outcome : image.outcomes()) {
        if (outcome.kind() == OutcomeKind.FAIL) {
          assertThat(since.of(outcome))
              .contains(
                  before.contains(outcome.fingerprint())
                      ? FindingChange.UNCHANGED
                      : FindingChange.NEW);
        } else {
          assertThat(since.of(outcome)).isEmpty();
        }
      }
    }
  }

  @Test
  void aRepositoryThatIsNoLongerLookedAtIsGoneAndNotFixed() {
    SampleRun now = run.earlier(image -> !image.repository().startsWith("legacy/"));
    Comparison since = Comparison.of(run, now);
    assertThat(since.count(FindingChange.FIXED)).isZero();
    assertThat(since.count(FindingChange.GONE))
        .isPositive()
        .isEqualTo(failing(run, any -> true).size() - failing(now, any -> true).size());
    assertThat(since.ended(FindingChange.GONE))
        .hasSize(since.count(FindingChange.GONE))
        .allSatisfy(finding -> assertThat(finding.repository()).contains("/legacy/"));
  }

  @Test
  void aFindingIsFixedOnlyWhereTheRuleHoldsNow() {
    int findings = failing(run, outcome -> outcome.rule().equals(RULE)).size();
    assertThat(findings).isPositive();
    assertThat(changedTo(OutcomeKind.PASS).count(FindingChange.FIXED)).isEqualTo(findings);
    assertThat(changedTo(OutcomeKind.NOT_APPLICABLE).count(FindingChange.FIXED))
        .isEqualTo(findings);
    assertThat(changedTo(OutcomeKind.WAIVED).count(FindingChange.WAIVED)).isEqualTo(findings);
    assertThat(changedTo(OutcomeKind.UNKNOWN).count(FindingChange.UNKNOWN)).isEqualTo(findings);
    assertThat(changedTo(OutcomeKind.UNKNOWN).count(FindingChange.FIXED)).isZero();
    assertThat(changedTo(OutcomeKind.PASS).ended(FindingChange.FIXED))
        .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo(RULE));
  }

  /** What comes of it when a rule that failed comes out like that everywhere. */
  private Comparison changedTo(OutcomeKind kind) {
    return Comparison.of(
        run,
        run.with(outcome ->
            outcome.rule().equals(RULE) && outcome.kind() == OutcomeKind.FAIL
                ? new Outcome(
                    outcome.rule(),
                    kind,
                    outcome.severity(),
                    outcome.message(),
                    outcome.evidence(),
                    outcome.fingerprint(),
                    null)
                : outcome));
  }

  private static Set<String> failing(SampleRun run, Predicate<Outcome> of) {
    return run.images().stream()
        .flatMap(image -> image.outcomes().stream())
        .filter(outcome -> outcome.kind() == OutcomeKind.FAIL && of.test(outcome))
        .map(Outcome::fingerprint)
        .collect(Collectors.toSet());
  }
}
