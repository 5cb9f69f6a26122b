package dev.tare.report;

import dev.tare.finding.Comparison;
import dev.tare.finding.PastRun;
import dev.tare.finding.RunResults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells.
 *
 * @param results of the run
 * @param since what changed since an earlier run, null where there is none to compare with
 * @param history the runs of the same targets up to this one, oldest first
 */
public record ReportInput(RunResults results, @Nullable Comparison since, List<PastRun> history) {
  /** Copies the history. */
  public ReportInput {
    history = List.copyOf(history);
  }

  /** A run without a past. */
  public static ReportInput of(RunResults results) {
    return new ReportInput(results, null, List.of());
  }
}
