package dev.tare.finding;

import java.util.Collection;
import java.util.Locale;

/** What all outcomes together say of an image. */
public enum Verdict {
  /** No rule above {@code note} failed and none of them is unknown. */
  COMPLIANT,
  /** A rule above {@code note} failed. */
  FAILING,
  /** None failed, but some could not be answered. */
  UNKNOWN;

  /** The verdict of these outcomes. */
  public static Verdict of(Collection<Outcome> outcomes) {
    boolean unknown = false;
    for (Outcome outcome : outcomes) {
      if (outcome.severity() == Severity.NOTE) {
        continue;
      }
      if (outcome.kind() == OutcomeKind.FAIL) {
        return FAILING;
      }
      unknown |= outcome.kind() == OutcomeKind.UNKNOWN;
    }
    return unknown ? UNKNOWN : COMPLIANT;
  }

  /** The word in documents: {@code failing}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
