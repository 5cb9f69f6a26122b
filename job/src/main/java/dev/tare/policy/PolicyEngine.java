package dev.tare.policy;

import dev.tare.finding.Outcome;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Judges facts. Safe for concurrent use. */
public interface PolicyEngine extends AutoCloseable {
  /**
   * The outcome of every loaded rule on these facts, sorted by rule. A rule that cannot be
   * evaluated is UNKNOWN with the reason; this throws only where the engine itself is broken.
   *
   * @param facts a document valid against {@code image.schema.json}
   */
  List<Outcome> evaluate(JsonNode facts);

  /** What the loaded rules say of themselves, sorted by identifier. */
  List<RuleDoc> rules();

  /** The loaded bundles. */
  List<PolicyRevision> revisions();

  @Override
  void close();
}
