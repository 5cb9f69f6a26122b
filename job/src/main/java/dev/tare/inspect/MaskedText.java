package dev.tare.inspect;

import java.util.BitSet;

/** A text and which of its characters are secret. */
public final class MaskedText {
  /** What is written instead of a secret. */
  public static final String MASK = "***";

  private final String text;
  private final BitSet secret = new BitSet();

  public MaskedText(String text) {
    this.text = text;
  }

  /** Masks a part, without the quotes around it. What gives nothing away stays. */
  public void mask(int start, int end) {
    int from = start;
    int to = end;
    while (to - from >= 2
        && isQuote(text.charAt(from))
        && text.charAt(from) == text.charAt(to - 1)) {
      from++;
      to--;
    }
    if (from < to && !SecretNames.isHarmless(text.substring(from, to))) {
      secret.set(from, to);
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** The text, with three asterisks for each secret. */
  @Override
  public String toString() {
    return part(0, text.length());
  }

  /** A part of it. */
  public String part(int from, int to) {
    StringBuilder result = new StringBuilder();
    int copied = from;
    int start = secret.nextSetBit(from);
    while (start >= 0 && start < to) {
      result.append(text, copied, start).append(MASK);
      copied = Math.min(secret.nextClearBit(start), to);
      start = secret.nextSetBit(copied);
    }
    return result.append(text, copied, to).toString();
  }
}
