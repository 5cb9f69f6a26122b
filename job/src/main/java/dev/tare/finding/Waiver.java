package dev.tare.finding;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's answer for a failed rule: why, who, until when (inclusive), and under which ticket.
 */
public record Waiver(String reason, String owner, LocalDate expires, @Nullable String ticket) {
  private static final String BASELINE = "baseline";
  private static final String KNOWN = "known since ";

  /** The answer of a baseline: it is known since a day, and nobody in particular answers for it. */
  public static Waiver ofBaseline(LocalDate since, LocalDate until) {
    return new Waiver(KNOWN + since + " by baseline", BASELINE, until, null);
  }

  /** Whether it is one of a baseline, and not of somebody who has that name. */
  public boolean comesFromBaseline() {
    return owner.equals(BASELINE) && reason.startsWith(KNOWN);
  }
}
