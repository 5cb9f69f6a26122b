package dev.tare.finding;

import java.util.Locale;

/**
 * One line of the waiver file that a run was given, or one statement on a vulnerability, and
 * whether it was needed.
 *
 * @param rule identifier or pattern; of a statement, the vulnerability
 * @param image pattern of image names; of a statement, its products
 */
public record WaiverUse(String rule, String image, Waiver waiver, State state) {
  /** Whether a run needed a waiver. */
  public enum State {
    /** It answers for a failure. */
    USED,
    /** No failure of the run needed it. */
    UNUSED,
    /** A failure needed it, but its last day was over. */
    EXPIRED,
    /** Of what is said of vulnerabilities: something needed it, but it is dated later. */
    EARLY;

    /** The word in documents: {@code used}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * As a line for people: {@code TARE-TOOL-001 on legacy/**, of ops@example.com until 2027-03-31}.
   */
  @Override
  public String toString() {
    return rule + " on " + image + ", of " + waiver.owner() + " until " + waiver.expires();
  }
}
