package dev.tare.cli.option;

import dev.tare.cli.ExitStatus;
import dev.tare.finding.OwnReading;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run's result means for the exit status. */
public final class VerdictOptions {
  /** From which severity on a finding counts. */
  enum FailOn {
    low,
    medium,
    high,
    critical,
    never
  }

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      defaultValue = "low",
      description =
          "Exit with 1 from this severity on: low, medium, high, critical or never. Default: ${DEFAULT-VALUE}.")
  FailOn failOn = FailOn.low;

  @Option(
      names = "--strict",
      negatable = true,
      fallbackValue = "true",
      description = "Exit with 3 if an image could not be inspected, even if there are findings.")
  boolean strict;

  /**
   * What a run ends with: to have judged nothing is no success, and neither is not to know whose a
   * finding is.
   *
   * @param own of the images' own part; null of whole images
   */
  public ExitStatus status(RunSummary summary, @Nullable OwnReading own) {
    boolean findings =
        failOn != FailOn.never
            && summary.findings().entrySet().stream()
                .anyMatch(entry -> entry.getKey().compareTo(least()) >= 0 && entry.getValue() > 0);
    boolean incomplete =
        summary.notInspected() > 0
            || summary.isEmpty()
            || (own != null && failOn != FailOn.never && own.isUnknownFrom(least()));
    if (incomplete && (strict || !findings)) {
      return ExitStatus.INCOMPLETE;
    }
    return findings ? ExitStatus.FINDINGS : ExitStatus.OK;
  }

  private Severity least() {
    return Severity.valueOf(failOn.name().toUpperCase(Locale.ROOT));
  }
}
