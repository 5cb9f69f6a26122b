package dev.tare.finding;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's answer for a failed rule: why, who, until when (inclusive), and under which ticket.
 */
public record Waiver(String reason, String owner, LocalDate expires, @Nullable String ticket) {
  private static final String BASELINE = "baseline";

  /** The answer of a baseline: it is known since a day, and nobody in particular answers for it. */
  public static Waiver ofBaseline(LocalDate since, LocalDate until) {
    return new Waiver("known since " + since + " by baseline", BASELINE, until, null);
  }

  /** Whether it is one of a baseline. */
  public boolean comesFromBaseline() {
    return owner.equals(BASELINE);
  }
}
