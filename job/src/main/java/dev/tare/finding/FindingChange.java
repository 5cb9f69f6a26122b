package dev.tare.finding;

import java.util.Locale;

/** What became of a finding between two runs. */
public enum FindingChange {
  /** The earlier run did not have it. */
  NEW,
  /** Both runs have it. */
  UNCHANGED,
  /** The earlier run had it; its repository was judged again, and the rule holds now. */
  FIXED,
  /** The earlier run had it; somebody answers for it now. */
  WAIVED,
  /** The earlier run had it; the rule could not be answered this time. */
  UNKNOWN,
  /**
   * The earlier run had it; this run judged nothing of its repository for that platform, or not by
   * that rule. It says nothing about it.
   */
  GONE;

  /** The word in documents: {@code new}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
