package dev.tare.batch;

import dev.tare.error.TareException;
import dev.tare.finding.Comparison;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.report.ReportInput;
import dev.tare.store.RunRecord;
import dev.tare.ticket.FileTracker;
import dev.tare.ticket.TicketOptions;
import dev.tare.ticket.TicketPlan;
import dev.tare.ticket.TicketReconciler;
import dev.tare.ticket.TicketTracker;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run: tickets and reports, both written from the store. The reports tell what became
 * of the tickets; one that fails does not keep the other from being written.
 */
final class Ending {
  private final Stores stores;
  private final String runId;
  private final OutputRequest output;
  private final boolean narrowed;
  private final Instruments instruments;
  private @Nullable TicketPlan tickets;
  private @Nullable Comparison since;

  Ending(
      Stores stores,
      String runId,
      OutputRequest output,
      boolean narrowed,
      Instruments instruments) {
    this.stores = stores;
    this.runId = runId;
    this.output = output;
    this.narrowed = narrowed;
    this.instruments = instruments;
  }

  /** Throws, before a run begins, where it is known that it cannot end well; writes nothing. */
  static void check(OutputRequest output) {
    output.check();
    if (output.tickets() != OutputRequest.Tickets.NONE) {
      tracker(output).known();
    }
  }

  /**
   * Adds the run up, brings the tickets in line, writes the reports.
   *
   * @throws TareException after all that could be written was, where something could not
   */
  void write(Progress progress, Judge judge) {
    RunSummary summary = stores.summary(runId);
    stores
        .runs()
        .summarise(runId, instruments.clock().instant().truncatedTo(ChronoUnit.MILLIS), summary);
    stores.runs().waivedBy(runId, judge.waivers());
    OutputDirectory.claim(output);
    progress.begin(Progress.Phase.TICKET, -1);
    ReportedTickets beside = null;
    TareException failure = null;
    try {
      beside = ticket();
    } catch (TareException e) {
      failure = e;
      beside = ReportedTickets.failed(planned(), String.valueOf(e.getMessage()));
    }
    progress.begin(Progress.Phase.REPORT, summary.images());
    ReportInput input = new Past(stores).of(run(), results(), null).with(beside);
    since = input.since();
    try {
      output
          .reports()
          .write(input, output.directory(), output.formats(), () -> progress.itemDone(null));
    } catch (TareException e) {
      failure = both(failure, e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static TareException both(@Nullable TareException first, TareException second) {
    if (first == null) {
      return second;
    }
    TareException both =
        new TareException(
            first.kind(), first.getMessage() + "; " + second.getMessage(), first.hint(), first);
    both.addSuppressed(second);
    return both;
  }

  private @Nullable ReportedTickets ticket() {
    if (output.tickets() == OutputRequest.Tickets.NONE) {
      return null;
    }
    TicketPlan plan = reconcile(results(), output, narrowed, instruments);
    tickets = plan;
    return new TicketList(output.directory()).of(tracker(output), plan, planned());
  }

  private boolean planned() {
    return output.tickets() == OutputRequest.Tickets.DRY_RUN;
  }

  /** The tickets that are beside a report now; null where there are none. */
  static @Nullable ReportedTickets beside(OutputRequest output) {
    ReportedTickets known = new TicketList(output.directory()).of(tracker(output), null, false);
    return known.isEmpty() ? null : known;
  }

  private static TicketTracker tracker(OutputRequest output) {
    return new FileTracker(output.directory().resolve("tickets"));
  }

  @Nullable Comparison since() {
    return since;
  }

  @Nullable TicketPlan tickets() {
    return tickets;
  }

  private RunRecord run() {
    return stores
        .runs()
        .find(runId)
        .orElseThrow(() -> new IllegalStateException(runId + " is gone"));
  }

  private RunResults results() {
    RunRecord run = run();
    RunSummary summary = run.summary();
    return stores.results(run, summary == null ? stores.summary(runId) : summary);
  }

  static TicketPlan reconcile(
      RunResults results, OutputRequest output, boolean narrowed, Instruments instruments) {
    TicketOptions defaults = TicketOptions.DEFAULT;
    TicketReconciler reconciler =
        new TicketReconciler(
            tracker(output),
            new TicketOptions(defaults.minimum(), defaults.maximumNew(), narrowed));
    return output.tickets() == OutputRequest.Tickets.DRY_RUN
        ? reconciler.plan(results)
        : reconciler.reconcile(results);
  }
}
