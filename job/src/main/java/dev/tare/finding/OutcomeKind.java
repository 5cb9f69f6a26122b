package dev.tare.finding;

import java.util.Arrays;
import java.util.Optional;

/** How a rule came out on an image. */
public enum OutcomeKind {
  /** The image satisfies the rule. */
  PASS("pass"),
  /** The image breaks the rule. */
  FAIL("fail"),
  /** The image breaks the rule and somebody answers for it until a date. */
  WAIVED("waived"),
  /** The rule says nothing about such an image. */
  NOT_APPLICABLE("not-applicable"),
  /**
   * A fact the rule needs could not be measured, or the rule could not be evaluated. Never reads as
   * a pass.
   */
  UNKNOWN("unknown");

  private final String word;

  OutcomeKind(String word) {
    this.word = word;
  }

  /** The word in documents: {@code not-applicable}. */
  public String word() {
    return word;
  }

  /** The kind of this word. */
  public static Optional<OutcomeKind> ofWord(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findAny();
  }
}
