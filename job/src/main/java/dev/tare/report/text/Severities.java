package dev.tare.report.text;

import dev.tare.finding.Severity;
import java.util.List;

/** The order in which reports list severities. */
public final class Severities {
  public static final List<Severity> WORST_FIRST =
      List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.NOTE);

  private Severities() {}
}
