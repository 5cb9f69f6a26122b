package dev.tare.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the words somebody may have meant. */
public final class Nearest {
  private static final int MAX_EDITS = 3;

  private Nearest() {}

  /**
   * The candidates that are a few letters away from a word, the nearest first: three at most, and
   * at most half of its letters; case does not count.
   */
  public static List<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> edits(word, candidate) <= Math.min(MAX_EDITS, word.length() / 2))
        .sorted(
            Comparator.<String>comparingInt(candidate -> edits(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** Levenshtein's distance, ignoring case. */
  private static int edits(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(previous[j], row[j - 1]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
