package dev.tare.report.compliance;

/** What a run says of a control that rules judge. */
enum ControlState {
  /** A rule failed on an image, of whatever severity. */
  NOT_SATISFIED("not satisfied"),
  /** None failed, but one could not be answered on an image. */
  UNKNOWN("unknown"),
  /** Rules failed only where somebody answers for it. */
  ACCEPTED("risk accepted"),
  /** Every rule passed or did not apply, and at least one passed. */
  SATISFIED("satisfied"),
  /** The same of a control that no image can satisfy: a person has to look. */
  NOT_VIOLATED("no violation found"),
  /** No rule applied to any image. */
  NOT_APPLICABLE("not applicable");

  private final String word;

  ControlState(String word) {
    this.word = word;
  }

  /** Whether something was found out about the control. */
  boolean isAssessed() {
    return this != NOT_VIOLATED && this != NOT_APPLICABLE;
  }

  /** The words in documents: {@code not satisfied}. */
  String word() {
    return word;
  }
}
