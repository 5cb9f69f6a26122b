package dev.tare.finding;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one rule came out on one image.
 *
 * @param rule identifier, {@code TARE-TOOL-001}
 * @param severity after settings
 * @param message one sentence with the numbers; for UNKNOWN the reason
 * @param evidence what the rule found and what it allows, a JSON object
 * @param fingerprint the same for the same finding on the next build of the same repository: free
 *     of digest and tag
 * @param waiver of a WAIVED outcome
 */
public record Outcome(
    String rule,
    OutcomeKind kind,
    Severity severity,
    String message,
    JsonNode evidence,
    String fingerprint,
    @Nullable Waiver waiver) {
  /** The same finding with what somebody answers for it. */
  public Outcome answered(OutcomeKind kind, String message, @Nullable Waiver waiver) {
    return new Outcome(rule, kind, severity, message, evidence, fingerprint, waiver);
  }
}
