package dev.tare.rebase;

import dev.tare.diff.ImageDiff;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction comes to, in numbers.
 *
 * @param before compressed bytes; null where they are not known
 * @param after the same of the predicted image
 * @param ended rules that fail now and would not; one that could not be judged then is none
 * @param added rules that would fail and do not now
 */
public record Effect(@Nullable Long before, @Nullable Long after, long ended, long added) {
  /** Of a difference. */
  public static Effect of(ImageDiff diff) {
    return new Effect(
        quantity(diff, "compressed").before(),
        quantity(diff, "compressed").after(),
        diff.findings().stream()
            .filter(finding ->
                isFailed(finding.before())
                    && !isFailed(finding.after())
                    && !isUnknown(finding.after()))
            .count(),
        diff.findings().stream()
            .filter(finding -> !isFailed(finding.before()) && isFailed(finding.after()))
            .count());
  }

  private static ImageDiff.Quantity quantity(ImageDiff diff, String name) {
    return diff.sizes().stream().filter(size -> size.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isFailed(@Nullable String outcome) {
    return outcome != null && outcome.startsWith("fail");
  }

  private static boolean isUnknown(@Nullable String outcome) {
    return outcome == null || outcome.equals("unknown");
  }
}
