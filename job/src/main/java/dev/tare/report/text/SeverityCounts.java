package dev.tare.report.text;

import dev.tare.finding.Severity;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers by severity, in words. */
public final class SeverityCounts {
  private SeverityCounts() {}

  /** {@code 4 critical, 1 low}; empty where there is nothing. */
  public static String text(Map<Severity, Integer> counts) {
    return Severities.WORST_FIRST.stream()
        .filter(severity -> counts.getOrDefault(severity, 0) > 0)
        .map(severity -> counts.get(severity) + " " + severity.word())
        .collect(Collectors.joining(", "));
  }
}
