package dev.tare.batch;

import dev.tare.batch.match.ImageMatcher;
import dev.tare.error.TareException;
import dev.tare.finding.Comparison;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.store.RunLock;
import dev.tare.store.RunRecord;
import dev.tare.ticket.Sightings;
import dev.tare.ticket.TicketOptions;
import dev.tare.ticket.TicketPlan;
import dev.tare.ticket.TicketReconciler;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.TrackerChoice;
import dev.tare.ticket.Trackers;
import dev.tare.vulnerability.FeedUpdate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The end of a run: tickets and reports, both written from the store. The reports tell what became
 * of the tickets; one that fails does not keep the other from being written.
 */
final class RunFinisher {
  private final Stores stores;
  private final PlatformTransactionManager transactions;
  private final String runId;
  private final ImageMatcher matcher;
  private final OutputRequest output;
  private final RunSettings settings;
  private final TicketPlaces places;
  private final Supplier<List<ReportedBase>> bases;
  private @Nullable TicketPlan tickets;
  private @Nullable Comparison since;
  private @Nullable Plan plan;
  private @Nullable RunResults told;

  /** Empty where an interrupted call had added the run up. */
  private List<String> unusedResults = List.of();

  RunFinisher(
      Stores stores,
      PlatformTransactionManager transactions,
      String runId,
      ImageMatcher matcher,
      OutputRequest output,
      RunSettings settings,
      TicketPlaces places,
      Supplier<List<ReportedBase>> bases) {
    this.stores = stores;
    this.transactions = transactions;
    this.runId = runId;
    this.matcher = matcher;
    this.output = output;
    this.settings = settings;
    this.places = places;
    this.bases = bases;
  }

  /**
   * Adds the run up, which is kept at once; then brings the tickets in line and writes the reports,
   * outside of any transaction.
   *
   * @throws TareException after all that could be written was, where something could not
   */
  void write(Progress progress, Judge judge) {
    RunSummary summary = new TransactionTemplate(transactions).execute(status -> sum(judge));
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
    RunResults told = output.told(results());
    this.told = told;
    ReportInput input = new RunHistory(stores).of(run(), told, null, bases.get()).with(beside);
    since = input.since();
    try {
      plan =
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

  private RunSummary sum(Judge judge) {
    Instant now = settings.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    RunSummary summary = stores.summary(runId);
    stores.runs().summarise(runId, now, summary);
    stores
        .runs()
        .waivedBy(
            runId,
            Stream.concat(judge.waivers().stream(), matcher.vexUses(runId).stream()).toList());
    unusedResults = matcher.unusedResults();
    stores.runs().judging(runId, judge.digest(settings.version()));
    stores.sightings().settle(runId);
    stores.sightings().forget(now);
    return summary;
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
    TrackerChoice choice = output.tickets().tracker();
    if (choice == null) {
      return null;
    }
    try (TicketTracker tracker = places.open(choice, output)) {
      TicketPlan plan = reconcile(tracker, false);
      tickets = plan;
      return new TicketList(output.directory()).of(tracker, plan, planned(), runId);
    }
  }

  private boolean planned() {
    return output.tickets().planned();
  }

  /** The tickets in files that are beside a report now; null where there are none. */
  static @Nullable ReportedTickets beside(OutputRequest output) {
    try (TicketTracker tracker = Trackers.inDirectory(output.directory())) {
      ReportedTickets known = new TicketList(output.directory()).of(tracker);
      return known.isEmpty() ? null : known;
    }
  }

  /**
   * The run is complete: says what it came to.
   *
   * @param resumed whether it went on where an earlier process had ended
   * @param feeds what became of the feeds; null where nobody was asked for any
   */
  RunOutcome complete(boolean resumed, @Nullable FeedUpdate feeds) {
    stores.runs().complete(runId);
    RunResults reported = told;
    return new RunOutcome(
        reported == null ? output.told(results()) : reported,
        resumed,
        tickets,
        settings.scanner().inflaters().stream().sorted().toList(),
        since,
        plan,
        feeds,
        unusedResults);
  }

  private RunRecord run() {
    return stores
        .runs()
        .find(runId)
        .orElseThrow(() -> new IllegalStateException(runId + " is gone"));
  }

  private RunResults results() {
    return stores.results(run());
  }

  /**
   * Brings the tickets in line with the run, or says what that would do.
   *
   * @param allowClosing whether as many close as would, for whatever reason
   */
  TicketPlan reconcile(boolean allowClosing) {
    TrackerChoice choice =
        Objects.requireNonNull(output.tickets().tracker(), "there is no tracker");
    try (TicketTracker tracker = places.open(choice, output)) {
      return reconcile(tracker, allowClosing);
    }
  }

  private TicketPlan reconcile(TicketTracker tracker, boolean allowClosing) {
    TicketOptions options = TicketOptions.from(output.least());
    TicketReconciler reconciler =
        new TicketReconciler(
            tracker,
            allowClosing ? options.allowingClosing() : options,
            run().sourceRun() == null ? stores.sightings().of(runId) : Sightings.NONE,
            stores.runs().judging(runId).orElse(""),
            places.ledger(tracker),
            bases,
            settings.clock());
    if (planned()) {
      return reconciler.plan(results());
    }
    try (RunLock alone = places.lock(tracker)) {
      alone.requireHeld();
      return reconciler.reconcile(results());
    }
  }
}
