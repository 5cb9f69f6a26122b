package dev.tare.batch;

import dev.tare.finding.Comparison;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.PastRun;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.report.ReportInput;
import dev.tare.store.RunRecord;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a run beside the earlier runs of the same kind and targets; an evaluation beside scans. */
final class RunHistory {
  /** Runs that a trend shows. */
  private static final int RUNS = 30;

  /** Earlier runs of which single images are told. */
  private static final int IMAGE_RUNS = 5;

  private final Stores stores;

  RunHistory(Stores stores) {
    this.stores = stores;
  }

  /**
   * A run with its past. Of the images' own part there is none: what a base is known to bring now
   * is nothing that was fixed.
   *
   * @param since the run to compare with; null for the one before, or for the one whose facts an
   *     evaluation has judged, where there is one
   * @param bases of the run, as {@link #bases} finds them
   */
  ReportInput of(
      RunRecord run, RunResults results, @Nullable RunRecord since, List<ReportedBase> bases) {
    List<PastRun> history = new ArrayList<>();
    history.add(new PastRun(run.id(), run.startedAt(), results.summary()));
    if (results.own() != null) {
      return new ReportInput(results, null, history, ImageHistory.NONE, null).on(bases);
    }
    RunRecord before = since != null ? since : judged(run);
    for (RunRecord other : stores.runs().all()) {
      RunSummary summary = other.summary();
      if (summary != null
          && other.finished()
          && counts(other, run)
          && other.startedAt().isBefore(run.startedAt())
          && other.targets().equals(run.targets())
          && history.size() < RUNS) {
        history.add(new PastRun(other.id(), other.startedAt(), summary));
        if (before == null) {
          before = other;
        }
      }
    }
    List<String> earlier = history.stream().skip(1).limit(IMAGE_RUNS).map(PastRun::id).toList();
    Collections.reverse(history);
    return new ReportInput(
            results,
            before == null ? null : comparison(before, results),
            history,
            new ImageHistory(() -> summaries(earlier)),
            null)
        .on(bases);
  }

  private List<ImageSummary> summaries(List<String> runs) {
    List<ImageSummary> images = new ArrayList<>();
    runs.forEach(run -> stores.images().forEachSummary(run, images::add));
    return images;
  }

  /** What a run's images stand on, beside smaller images: compares all that the state knows. */
  List<ReportedBase> bases(RunRecord run) {
    return new SmallerBases(stores, run.id(), day(run)).ofRun();
  }

  /** The day on which a run began. */
  static LocalDate day(RunRecord run) {
    return LocalDate.ofInstant(run.startedAt(), ZoneOffset.UTC);
  }

  /** An evaluation is no part of what comes after it. */
  private static boolean counts(RunRecord earlier, RunRecord run) {
    return run.kind() == RunKind.EVALUATION
        ? earlier.kind() != RunKind.EVALUATION
        : earlier.kind() == run.kind();
  }

  private @Nullable RunRecord judged(RunRecord run) {
    String source = run.kind() == RunKind.EVALUATION ? run.sourceRun() : null;
    return source == null ? null : stores.runs().find(source).orElse(null);
  }

  private @Nullable Comparison comparison(RunRecord before, RunResults results) {
    RunSummary summary = before.summary();
    return summary == null ? null : Comparison.of(stores.results(before), results);
  }
}
