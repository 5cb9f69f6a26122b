package dev.tare.finding;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's answer for a failed rule: why, who, until when (inclusive), and under which ticket.
 */
public record Waiver(String reason, String owner, LocalDate expires, @Nullable String ticket) {
  private static final String BASELINE = "baseline";
  private static final String VEX = "VEX: ";
  private static final Pattern VEX_REASON =
      Pattern.compile(
          VEX + "(?:not_affected|affected|fixed|under_investigation)(?:, .*)?", Pattern.DOTALL);

  private static final String KNOWN = "known since ";

  /** The answer of a baseline: it is known since a day, and nobody in particular answers for it. */
  public static Waiver ofBaseline(LocalDate since, LocalDate until) {
    return new Waiver(KNOWN + since + " by baseline", BASELINE, until, null);
  }

  /**
   * What the operator says of a vulnerability.
   *
   * @param status {@code not_affected}
   * @param document the file it stands in
   */
  public static Waiver ofVex(
      String status,
      @Nullable String justification,
      String author,
      LocalDate expires,
      String document) {
    return new Waiver(
        VEX + status + (justification == null ? "" : ", " + justification),
        author,
        expires,
        document);
  }

  /** Whether it says something of a vulnerability, and not of a rule. */
  public boolean comesFromVex() {
    return VEX_REASON.matcher(reason).matches();
  }

  /** Whether it is one of a baseline, and not of somebody who has that name. */
  public boolean comesFromBaseline() {
    return owner.equals(BASELINE) && reason.startsWith(KNOWN);
  }
}
