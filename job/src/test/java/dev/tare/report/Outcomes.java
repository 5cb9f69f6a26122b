package dev.tare.report;

import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;

/** Outcomes that differ in one thing. */
public final class Outcomes {
  private Outcomes() {}

  public static Outcome with(Outcome outcome, OutcomeKind kind) {
    return with(outcome, kind, outcome.severity());
  }

  public static Outcome with(Outcome outcome, Severity severity) {
    return with(outcome, outcome.kind(), severity);
  }

  public static Outcome with(Outcome outcome, OutcomeKind kind, Severity severity) {
    return new Outcome(
        outcome.rule(),
        kind,
        severity,
        outcome.message(),
        outcome.evidence(),
        outcome.fingerprint(),
        null);
  }
}
