package dev.tare.policy;

import dev.tare.finding.Outcome;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Judges by all rules of all loaded bundles. */
final class BundlePolicyEngine implements PolicyEngine {
  private final List<BundleJudge> judges;

  BundlePolicyEngine(List<BundleJudge> judges) {
    this.judges = List.copyOf(judges);
  }

  @Override
  public Evaluation evaluate(JsonNode facts, Scope scope) {
    List<Outcome> outcomes = new ArrayList<>();
    boolean complete = true;
    for (BundleJudge judge : judges) {
      Evaluation evaluation = judge.judge(facts, scope);
      outcomes.addAll(evaluation.outcomes());
      complete &= evaluation.complete();
    }
    outcomes.sort(Comparator.comparing(Outcome::rule));
    return new Evaluation(outcomes, complete);
  }

  @Override
  public List<RuleDoc> rules() {
    return judges.stream()
        .flatMap(judge -> judge.rules().stream())
        .sorted(Comparator.comparing(RuleDoc::id))
        .toList();
  }

  @Override
  public List<PolicyRevision> revisions() {
    return judges.stream().map(BundleJudge::revision).toList();
  }

  @Override
  public void close() {
    judges.forEach(BundleJudge::close);
  }
}
