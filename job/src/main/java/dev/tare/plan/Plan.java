package dev.tare.plan;

import dev.tare.finding.ReportedBase;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What to do first.
 *
 * @param actions in the order in which each ends most of what the ones before it leave
 * @param findings all failures of the run, by severity
 */
public record Plan(List<Action> actions, Map<Severity, Integer> findings) {
  /** Copies the collections. */
  public Plan {
    actions = List.copyOf(actions);
    findings = Map.copyOf(findings);
  }

  /**
   * Merges the failures of a run to actions. Waived failures are no one's work, and what is not
   * known is never counted as ended.
   *
   * @param bases what the images stand on, beside smaller images
   */
  public static Plan of(RunResults results, List<ReportedBase> bases) {
    Planner planner = new Planner(results.rules(), bases);
    results.forEachImage(planner::add);
    return planner.plan();
  }

  /** What the first so many actions end together, by severity. */
  public Map<Severity, Integer> endedByFirst(int count) {
    Map<Severity, Integer> ended = new EnumMap<>(Severity.class);
    actions.stream()
        .limit(count)
        .forEach(action -> action.ends().forEach((s, n) -> ended.merge(s, n, Integer::sum)));
    return ended;
  }
}
