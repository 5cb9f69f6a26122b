package dev.tare.finding;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that others stand on and that was measured, beside smaller ones.
 *
 * @param images how many images of those that are told of stand on it, directly or not
 * @param sizeBytes compressed
 * @param packages null where they could not be measured
 * @param tools how many names; null where they could not be measured
 * @param vulnerabilities null where it was never matched
 * @param smaller the smallest first
 */
public record ReportedBase(
    String reference,
    String digest,
    String platform,
    int images,
    long sizeBytes,
    @Nullable Integer packages,
    @Nullable Integer tools,
    @Nullable MatchedVulnerabilities vulnerabilities,
    List<SmallerBase> smaller) {
  /** The order of reports. */
  public static final Comparator<ReportedBase> MOST_USED_FIRST =
      Comparator.comparingInt(ReportedBase::images)
          .reversed()
          .thenComparing(ReportedBase::reference)
          .thenComparing(ReportedBase::digest);

  /** Copies the list. */
  public ReportedBase {
    smaller = List.copyOf(smaller);
  }
}
