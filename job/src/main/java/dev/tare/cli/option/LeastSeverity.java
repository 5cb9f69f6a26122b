package dev.tare.cli.option;

import dev.tare.finding.Severity;
import java.util.Locale;
import picocli.CommandLine.Option;

/** From which severity on a finding is handed to those who work through lists of them. */
public final class LeastSeverity {
  /** The words of severities. */
  enum Word {
    note,
    low,
    medium,
    high,
    critical
  }

  @Option(
      names = "--min-severity",
      paramLabel = "SEVERITY",
      defaultValue = "note",
      description =
          "The least severity of findings in sarif, junit, codequality and tickets: note, low,"
              + " medium, high or critical. Other reports and the exit status count all of them."
              + " Tickets are about low and above in any case. Default: ${DEFAULT-VALUE}.")
  private Word least = Word.note;

  public Severity severity() {
    return Severity.valueOf(least.name().toUpperCase(Locale.ROOT));
  }
}
