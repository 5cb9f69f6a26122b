package dev.tare.batch;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Comparison;
import dev.tare.finding.NotInspected;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.store.RunRecord;
import dev.tare.ticket.TicketPlan;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runs of a state: what is known of them, reported again. */
public final class RunArchive {
  private final JobParts parts;
  private final Stores stores;

  RunArchive(JobParts parts) {
    this.parts = parts;
    this.stores = parts.stores();
  }

  /** The results of a finished run: of the one this identifier begins, or of the last scan. */
  public RunResults results(@Nullable String runId) {
    return stores.results(run(runId));
  }

  /**
   * Writes the reports of a finished run again.
   *
   * @param since the run to say what is new and fixed since; null for the scan before of the same
   *     targets, or for the run that an evaluation judged again
   * @return what changed since then; null where there is no earlier run
   */
  public @Nullable Comparison report(
      @Nullable String runId, @Nullable String since, OutputRequest output) {
    output.check();
    RunRecord run = run(runId);
    RunRecord earlier = since == null ? null : run(since);
    ReportInput input =
        input(run, output.told(stores.results(run)), earlier).with(RunFinisher.beside(output));
    OutputDirectory.claim(output);
    output.reports().write(input, output.directory(), output.formats());
    requireKept(run);
    return input.since();
  }

  /** What a report of a finished run tells, compared with the run before of the same targets. */
  public ReportInput input(@Nullable String runId) {
    RunRecord run = run(runId);
    return input(run, stores.results(run), null);
  }

  private ReportInput input(RunRecord run, RunResults results, @Nullable RunRecord since) {
    RunHistory history = new RunHistory(stores);
    return history.of(run, results, since, history.bases(run));
  }

  /**
   * What to do first about a finished run.
   *
   * @param results of the run, as they are to be told
   */
  public Plan plan(RunResults results) {
    RunRecord run = run(results.run().id());
    return Plan.of(results, new RunHistory(stores).bases(run));
  }

  /** The runs that finished, and the scans that can go on, the last one first. */
  public List<RunRecord> runs() {
    return stores.runs().all();
  }

  /**
   * Brings the tickets in line with a run, or says what that would do; throws USAGE where tickets
   * would be written for an evaluation.
   *
   * @param allowClosing whether as many close as would, for whatever reason
   */
  public TicketPlan tickets(@Nullable String runId, OutputRequest output, boolean allowClosing) {
    output.check();
    RunRecord run = run(runId);
    if (!output.tickets().planned()) {
      if (run.kind() == RunKind.EVALUATION) {
        throw new TareException(
            FailureKind.USAGE,
            "update tickets from run " + run.id() + ": it is an evaluation",
            "--dry-run shows what would happen to them; tare evaluate --record counts as a scan.");
      }
      OutputDirectory.claim(output);
    }
    return parts.finisher(run, output).reconcile(allowClosing);
  }

  /**
   * A finished run: the one whose identifier begins like this, or the last scan; throws USAGE where
   * there is none.
   */
  public RunRecord run(@Nullable String runId) {
    if (runId == null) {
      return stores
          .runs()
          .latest()
          .orElseThrow(() ->
              new TareException(
                  FailureKind.USAGE,
                  "there is no finished scan yet",
                  "Scan something first: tare scan TARGET."));
    }
    List<RunRecord> meant = stores.runs().beginning(runId);
    if (meant.size() != 1) {
      throw new TareException(
          FailureKind.USAGE,
          meant.isEmpty()
              ? "run \"" + runId + "\": there is none"
              : "run \"%s\": %d runs begin like that".formatted(runId, meant.size()),
          "tare runs lists all of them.");
    }
    RunRecord run = meant.getFirst();
    if (!run.finished()) {
      throw new TareException(
          FailureKind.USAGE,
          "run " + run.id() + ": it has not finished",
          "The same scan resumes it; tare runs lists those that have finished.");
    }
    return run;
  }

  /**
   * Smaller bases among the images that finished runs have seen, each as it was seen last, that got
   * fixes on the day of the last run.
   */
  public SmallerBases smallerBases() {
    LocalDate day =
        runs().stream().map(RunHistory::day).max(Comparator.naturalOrder()).orElse(LocalDate.EPOCH);
    return new SmallerBases(stores, "", day);
  }

  /**
   * A run to which nothing was handed out of what it was to look at has not done what it was asked
   * for: what it would report is no result.
   */
  void requireFound(RunRecord run) {
    if (stores.images().countReadable(run.id()) > 0) {
      return;
    }
    RunResults results = stores.results(run);
    List<NotInspected> missing = results.notInspected();
    boolean nothing =
        results.summary().repositories() == 0
            || missing.stream().allMatch(NotInspected::isOutOfReach);
    if (missing.isEmpty() || !nothing) {
      return;
    }
    String others = missing.size() == 1 ? "" : " (and " + (missing.size() - 1) + " more)";
    throw new TareException(
        FailureKind.NOT_FOUND,
        missing.getFirst().reason() + others,
        "Check the name, and that the credentials may read it.");
  }

  /** What was read of a run stands only where nobody pruned it meanwhile. */
  void requireKept(RunRecord run) {
    if (stores.runs().find(run.id()).isEmpty()) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "read run " + run.id() + ": it was pruned meanwhile",
          "tare runs lists those that are left.");
    }
  }
}
