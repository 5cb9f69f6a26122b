package dev.tare.policy;

import dev.tare.finding.Waiver;

/**
 * One line of a waiver file.
 *
 * @param rule identifier or pattern
 * @param image pattern of image names
 */
public record WaiverEntry(String rule, String image, Waiver waiver) {
  /**
   * As a line for people: {@code TARE-TOOL-001 on legacy/**, of ops@example.com until 2027-03-31}.
   */
  @Override
  public String toString() {
    return rule + " on " + image + ", of " + waiver.owner() + " until " + waiver.expires();
  }
}
