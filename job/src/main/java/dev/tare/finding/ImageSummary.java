package dev.tare.finding;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image of a run in numbers.
 *
 * @param reference the name it was shown by
 * @param compressedBytes null where it was not measured
 * @param findings failed outcomes by severity
 */
public record ImageSummary(
    String run,
    String registry,
    String reference,
    String platform,
    String digest,
    Verdict verdict,
    @Nullable Long compressedBytes,
    Map<Severity, Integer> findings) {
  /** Most findings of the highest severity first; then by weight. */
  public static final Comparator<ImageSummary> WORST_FIRST =
      Comparator.<ImageSummary>comparingInt(image -> image.count(Severity.CRITICAL))
          .thenComparingInt(image -> image.count(Severity.HIGH))
          .thenComparingInt(image -> image.count(Severity.MEDIUM))
          .thenComparingInt(image -> image.count(Severity.LOW))
          .thenComparing(
              ImageSummary::compressedBytes, Comparator.nullsFirst(Comparator.naturalOrder()))
          .reversed()
          .thenComparing(ImageSummary::reference)
          .thenComparing(ImageSummary::platform)
          .thenComparing(ImageSummary::digest);

  /** Copies the counts. */
  public ImageSummary {
    findings = Map.copyOf(findings);
  }

  /** Of an image that is at hand; without its weight. */
  static ImageSummary of(String run, JudgedImage image) {
    return new ImageSummary(
        run,
        image.registry(),
        image.reference(),
        image.platform(),
        image.digest(),
        image.verdict(),
        null,
        findings(image));
  }

  /** The failed outcomes of an image, by severity. */
  public static Map<Severity, Integer> findings(JudgedImage image) {
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    for (Outcome outcome : image.outcomes()) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        findings.merge(outcome.severity(), 1, Integer::sum);
      }
    }
    return findings;
  }

  /** Whether it is about this image. */
  public boolean isOf(JudgedImage image) {
    return reference.equals(image.reference())
        && platform.equals(image.platform())
        && digest.equals(image.digest());
  }

  /** How many findings of a severity it has. */
  public int count(Severity severity) {
    return findings.getOrDefault(severity, 0);
  }
}
