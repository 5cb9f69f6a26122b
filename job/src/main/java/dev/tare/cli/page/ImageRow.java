package dev.tare.cli.page;

import dev.tare.facts.Fact;
import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows of one image; null is unknown.
 *
 * @param score 0 to 100
 * @param vulnerabilities known ones
 * @param fixable of those, what newer packages fix
 * @param covered whether feeds are about all of its packages
 */
record ImageRow(
    String reference,
    String platform,
    Verdict verdict,
    String baseClass,
    @Nullable Long compressedBytes,
    @Nullable Integer layers,
    Map<Severity, Integer> findings,
    int score,
    @Nullable Integer vulnerabilities,
    @Nullable Integer fixable,
    boolean covered) {
  static ImageRow of(JudgedImage image) {
    StoredFacts facts = StoredFacts.of(image.facts());
    Vulnerabilities found = facts.vulnerabilities();
    return new ImageRow(
        image.reference(),
        image.platform(),
        image.verdict(),
        Known.text(facts.base().kind()),
        facts.size().compressed(),
        facts.layerCount(),
        ImageSummary.findings(image),
        image.score(),
        found.isKnown() ? Integer.valueOf(Vulnerabilities.sum(found.counts())) : null,
        found.isKnown() ? Integer.valueOf(Vulnerabilities.sum(found.fixable())) : null,
        facts.isWhole(Fact.VULNERABILITIES));
  }

  int count(Severity severity) {
    return findings.getOrDefault(severity, 0);
  }
}
