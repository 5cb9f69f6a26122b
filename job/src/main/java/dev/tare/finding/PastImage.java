package dev.tare.finding;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run said of an image.
 *
 * @param reference the name it was shown by
 * @param compressedBytes null where it was not measured
 * @param findings failed outcomes by severity
 */
public record PastImage(
    String run,
    String reference,
    String platform,
    String digest,
    Verdict verdict,
    @Nullable Long compressedBytes,
    Map<Severity, Integer> findings) {
  /** Copies the counts. */
  public PastImage {
    findings = Map.copyOf(findings);
  }
}
