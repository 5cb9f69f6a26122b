package dev.tare.policy;

import dev.tare.finding.Outcome;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Judges facts. Safe for concurrent use. */
public interface PolicyEngine extends AutoCloseable {
  /** Which of the loaded rules are meant. */
  enum Scope {
    ALL,
    /** Those that come to something else when nothing but time has passed. */
    TIMED
  }

  /**
   * What these rules come to on these facts. A rule that cannot be evaluated is UNKNOWN with the
   * reason; this throws only where the engine itself is broken.
   *
   * @param facts a document valid against {@code image.schema.json}
   */
  Evaluation evaluate(JsonNode facts, Scope scope);

  /** The outcome of every loaded rule on these facts, sorted by rule. */
  default List<Outcome> evaluate(JsonNode facts) {
    return evaluate(facts, Scope.ALL).outcomes();
  }

  /** What the loaded rules say of themselves, sorted by identifier. */
  List<RuleDoc> rules();

  /** The loaded bundles. */
  List<PolicyRevision> revisions();

  @Override
  void close();
}
