package dev.tare.ticket;

/** Why a ticket may close although no image of it was changed so that it complies. */
public enum ClosingCause {
  /** What it names is not in the registry any more. */
  GONE("what they name is gone"),
  /** What failed is waived. */
  WAIVED("what failed is waived"),
  /** Other bundles, rules, severities, settings or profiles judge than when it failed. */
  JUDGED_OTHERWISE("other rules, settings or profiles judge now");

  private final String words;

  ClosingCause(String words) {
    this.words = words;
  }

  /** Goes on "because": {@code what they name is gone}. */
  public String words() {
    return words;
  }
}
