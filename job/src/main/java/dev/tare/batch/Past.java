package dev.tare.batch;

import dev.tare.finding.Comparison;
import dev.tare.finding.PastRun;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.report.ReportInput;
import dev.tare.store.RunRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a run beside the earlier runs of the same targets. */
final class Past {
  /** Runs that a trend shows. */
  private static final int RUNS = 30;

  private final Stores stores;

  Past(Stores stores) {
    this.stores = stores;
  }

  /**
   * A run with its past.
   *
   * @param since the run to compare with; null for the one before, where there is one
   */
  ReportInput of(RunRecord run, RunResults results, @Nullable RunRecord since) {
    List<PastRun> history = new ArrayList<>();
    history.add(new PastRun(run.id(), run.startedAt(), results.summary()));
    RunRecord before = since;
    for (RunRecord other : stores.runs().all()) {
      RunSummary summary = other.summary();
      if (summary != null
          && other.startedAt().isBefore(run.startedAt())
          && other.targets().equals(run.targets())
          && history.size() < RUNS) {
        history.add(new PastRun(other.id(), other.startedAt(), summary));
        if (before == null) {
          before = other;
        }
      }
    }
    Collections.reverse(history);
    return new ReportInput(results, before == null ? null : comparison(before, results), history);
  }

  private @Nullable Comparison comparison(RunRecord before, RunResults results) {
    RunSummary summary = before.summary();
    return summary == null ? null : Comparison.of(stores.results(before, summary), results);
  }
}
