package dev.tare.report;

/** What a run says of a control that rules judge. */
enum ControlState {
  /** A rule failed on an image, of whatever severity. */
  NOT_SATISFIED("not satisfied"),
  /** None failed, but one could not be answered on an image. */
  UNKNOWN("unknown"),
  /** Rules failed only where somebody answers for it. */
  ACCEPTED("risk accepted"),
  /** Every rule passed or did not apply. */
  SATISFIED("satisfied"),
  /** No rule applied to any image. */
  NOT_APPLICABLE("not applicable");

  private final String word;

  ControlState(String word) {
    this.word = word;
  }

  /** The words in documents: {@code not satisfied}. */
  String word() {
    return word;
  }
}
