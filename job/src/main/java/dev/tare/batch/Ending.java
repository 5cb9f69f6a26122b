package dev.tare.batch;

import dev.tare.finding.Comparison;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.report.ReportInput;
import dev.tare.store.RunRecord;
import dev.tare.ticket.FileTracker;
import dev.tare.ticket.TicketOptions;
import dev.tare.ticket.TicketPlan;
import dev.tare.ticket.TicketReconciler;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The last two steps: reports and tickets, both written from the store. */
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

  void report(Progress progress) {
    RunSummary summary = stores.summary(runId);
    progress.begin(Progress.Phase.REPORT, summary.images());
    stores
        .runs()
        .summarise(runId, instruments.clock().instant().truncatedTo(ChronoUnit.MILLIS), summary);
    ReportInput input = new Past(stores).of(run(), results(), null);
    since = input.since();
    output
        .reports()
        .write(input, output.directory(), output.formats(), () -> progress.itemDone(null));
  }

  void ticket(Progress progress) {
    progress.begin(Progress.Phase.TICKET, -1);
    if (output.tickets() != OutputRequest.Tickets.NONE) {
      tickets = reconcile(results(), output, narrowed, instruments);
    }
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
            new FileTracker(output.directory().resolve("tickets")),
            new TicketOptions(defaults.minimum(), defaults.maximumNew(), narrowed));
    return output.tickets() == OutputRequest.Tickets.DRY_RUN
        ? reconciler.plan(results)
        : reconciler.reconcile(results);
  }
}
