package dev.tare.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class ScoreTest {
  private static final Waiver WAIVER =
      Waiver.ofBaseline(LocalDate.of(2026, 11, 1), LocalDate.of(2027, 4, 30));

  private static Outcome outcome(OutcomeKind kind, Severity severity) {
    return new Outcome(
        "RULE",
        kind,
        severity,
        "",
        JsonNodeFactory.instance.objectNode(),
        "",
        kind == OutcomeKind.WAIVED ? WAIVER : null);
  }

  /** Those of docs/report.md. */
  @ParameterizedTest
  @CsvSource({
    "NOTE, 100, 100",
    "LOW, 94, 79",
    "MEDIUM, 79, 60",
    "HIGH, 60, 40",
    "CRITICAL, 40, 20",
  })
  void oneAndTenFindingsOfASeverity(Severity severity, int one, int ten) {
    Outcome fail = outcome(OutcomeKind.FAIL, severity);
    assertThat(Score.of(List.of(fail))).isEqualTo(one);
    assertThat(Score.of(Collections.nCopies(10, fail))).isEqualTo(ten);
  }

  @Test
  void scoreEndsAtZero() {
    Outcome fail = outcome(OutcomeKind.FAIL, Severity.CRITICAL);
    assertThat(Score.of(Collections.nCopies(99, fail))).isZero();
    assertThat(Score.of(Collections.nCopies(100_000, fail))).isZero();
  }

  @RepeatedTest(200)
  void whateverIsFoundAScoreKeepsItsPromises(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Outcome> outcomes = outcomes(random);
    int score = Score.of(outcomes);

    assertThat(score).isBetween(0, Score.BEST);
    assertThat(score == Score.BEST).isEqualTo(Verdict.of(outcomes) == Verdict.COMPLIANT);
    List<Outcome> shuffled = new ArrayList<>(outcomes);
    Collections.shuffle(shuffled, random);
    assertThat(Score.of(shuffled)).as("in another order").isEqualTo(score);
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome one = outcomes.get(i);
      assertThat(with(outcomes, i, OutcomeKind.UNKNOWN))
          .as("unknown is like a fail")
          .isEqualTo(with(outcomes, i, OutcomeKind.FAIL));
      List<Outcome> less = new ArrayList<>(outcomes);
      less.remove(i);
      assertThat(Score.of(less)).as("without " + one).isGreaterThanOrEqualTo(score);
      for (OutcomeKind ended :
          List.of(OutcomeKind.PASS, OutcomeKind.NOT_APPLICABLE, OutcomeKind.WAIVED)) {
        assertThat(with(outcomes, i, ended)).isEqualTo(Score.of(less));
      }
    }
  }

  private static int with(List<Outcome> outcomes, int index, OutcomeKind kind) {
    List<Outcome> changed = new ArrayList<>(outcomes);
    changed.set(index, outcome(kind, outcomes.get(index).severity()));
    return Score.of(changed);
  }

  /** A few of them, or many, or all alike. */
  private static List<Outcome> outcomes(Random random) {
    int most = 1 + random.nextInt(random.nextBoolean() ? 5 : 120);
    List<Outcome> outcomes = new ArrayList<>();
    OutcomeKind[] kinds = OutcomeKind.values();
    Severity[] severities = Severity.values();
    int worst = 1 + random.nextInt(severities.length);
    for (int i = 0; i < most; i++) {
      outcomes.add(outcome(kinds[random.nextInt(kinds.length)], severities[random.nextInt(worst)]));
    }
    return outcomes;
  }

  @Test
  void meanIsTheBestWhereAllComplyOnly() {
    Score.Mean mean = new Score.Mean();
    assertThat(mean.value()).isNull();
    for (int i = 0; i < 999; i++) {
      mean.add(Score.BEST);
    }
    assertThat(mean.value()).isEqualTo(Score.BEST);
    mean.add(94);
    assertThat(mean.value()).isEqualTo(99);
  }
}
