package dev.tare.baseline;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * One known finding.
 *
 * @param image {@code localhost:5001/team/web:*}: a repository and the line of its tags, nothing
 *     behind the repository where it has none
 * @param since when it became known
 * @param until the last day on which it does not fail
 */
record BaselineEntry(
    String rule, String image, String fingerprint, LocalDate since, LocalDate until) {
  static final Comparator<BaselineEntry> ORDER =
      Comparator.comparing(BaselineEntry::image)
          .thenComparing(BaselineEntry::rule)
          .thenComparing(BaselineEntry::fingerprint);

  /** What tells it from others: two entries with one key are about the same finding. */
  String key() {
    return rule + "\n" + image + "\n" + fingerprint;
  }
}
