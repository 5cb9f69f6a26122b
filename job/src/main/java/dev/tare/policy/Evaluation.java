package dev.tare.policy;

import dev.tare.finding.Outcome;
import java.util.List;

/**
 * What rules came to.
 *
 * @param outcomes one of each rule, sorted by rule
 * @param complete whether each was evaluated to its end, so that the same facts come to the same
 *     again
 */
public record Evaluation(List<Outcome> outcomes, boolean complete) {
  public Evaluation {
    outcomes = List.copyOf(outcomes);
  }
}
