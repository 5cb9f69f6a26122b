package dev.tare.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.SampleRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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

  @Test
  void whatIsKnownToBeAlikeComesToTheSame() {
    int[] turn = {0};
    SampleRun earlier = run.earlier(image -> !image.repository().startsWith("legacy/"));
    SampleRun now =
        run.with(outcome ->
                outcome.kind() == OutcomeKind.FAIL && ++turn[0] % 3 == 0
                    ? outcome.answered(OutcomeKind.PASS, "", null)
                    : outcome)
            .earlier(image -> !image.repository().startsWith("shop/"));
    SampleRun partly = SampleRun.of(mixed(run.images(), now.images()));
    for (SampleRun later : List.of(run, now, partly)) {
      Comparison read = Comparison.of(earlier, later);
      Comparison told = Comparison.of(new Told(earlier), new Told(later));
      for (FindingChange change : FindingChange.values()) {
        assertThat(told.count(change)).as("%s", change).isEqualTo(read.count(change));
        assertThat(told.ended(change)).isEqualTo(read.ended(change));
      }
      for (JudgedImage image : later.images()) {
        for (Outcome outcome : image.outcomes()) {
          assertThat(told.of(outcome)).isEqualTo(read.of(outcome));
        }
      }
    }
    assertThat(Comparison.of(earlier, partly).count(FindingChange.FIXED)).isPositive();
  }

  /** Every other image as it was, the others as they are now. */
  private static List<JudgedImage> mixed(List<JudgedImage> before, List<JudgedImage> now) {
    List<JudgedImage> mixed = new ArrayList<>();
    for (JudgedImage image : now) {
      mixed.add(
          mixed.size() % 2 == 0
              ? image
              : before.stream()
                  .filter(one -> one.reference().equals(image.reference()))
                  .filter(one -> one.platform().equals(image.platform()))
                  .findFirst()
                  .orElseThrow());
    }
    return mixed;
  }

  /** A run that knows which of its images another one has in the same words. */
  private record Told(SampleRun images) implements RunResults {
    @Override
    public RunInfo run() {
      return images.run();
    }

    @Override
    public RunSummary summary() {
      return images.summary();
    }

    @Override
    public void forEachImage(Consumer<JudgedImage> consumer) {
      images.forEachImage(consumer);
    }

    @Override
    public void forEachAlike(RunResults other, Consumer<JudgedImage> consumer) {
      Set<JudgedImage> theirs = Set.copyOf(((Told) other).images().images());
      images.images().stream().filter(theirs::contains).forEach(consumer);
    }

    @Override
    public void forEachUnlike(RunResults other, Consumer<JudgedImage> consumer) {
      Set<JudgedImage> theirs = Set.copyOf(((Told) other).images().images());
      images.images().stream().filter(image -> !theirs.contains(image)).forEach(consumer);
    }

    @Override
    public List<NotInspected> notInspected() {
      return images.notInspected();
    }

    @Override
    public List<RuleDoc> rules() {
      return images.rules();
    }
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
