package dev.tare.cli.page;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** What a table shows of one image. */
record ImageRow(
    String reference,
    String platform,
    Verdict verdict,
    String baseClass,
    long compressedBytes,
    int layers,
    Map<Severity, Integer> findings) {
  /** Most findings of the highest severity first; then by weight. */
  static final Comparator<ImageRow> WORST_FIRST =
      Comparator.<ImageRow>comparingInt(row -> row.count(Severity.CRITICAL))
          .thenComparingInt(row -> row.count(Severity.HIGH))
          .thenComparingInt(row -> row.count(Severity.MEDIUM))
          .thenComparingInt(row -> row.count(Severity.LOW))
          .thenComparingLong(ImageRow::compressedBytes)
          .reversed()
          .thenComparing(ImageRow::reference)
          .thenComparing(ImageRow::platform);

  static ImageRow of(JudgedImage image) {
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    for (Outcome outcome : image.outcomes()) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        findings.merge(outcome.severity(), 1, Integer::sum);
      }
    }
    return new ImageRow(
        image.reference(),
        image.platform(),
        image.verdict(),
        image.facts().path("base").path("class").asString("unknown"),
        image.facts().path("size").path("compressed").asLong(0),
        image.facts().path("layerCount").asInt(0),
        findings);
  }

  int count(Severity severity) {
    return findings.getOrDefault(severity, 0);
  }
}
