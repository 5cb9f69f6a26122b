package dev.tare.ticket;

import dev.tare.error.TareException;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.RunResults;
import dev.tare.finding.TagLine;
import dev.tare.plan.Inheritance;
import dev.tare.ticket.LineVerdict.Decision;
import dev.tare.ticket.text.ChangeText;
import dev.tare.ticket.text.TicketTexts;
import dev.tare.ticket.text.TicketTitle;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tickets of a tracker in line with the results of a run: one ticket for each repository
 * and {@linkplain TagLine tag line} that fails.
 *
 * <ul>
 *   <li>A line that fails for the first time gets a ticket, up to a number of new ones per run:
 *       those that people ask for first, then the worst.
 *   <li>What images of another line bring, that are judged too and fail by it themselves, is told
 *       in the ticket of that line: it opens none of its own. An open ticket stays as long as
 *       anything of its line fails.
 *   <li>A ticket whose text would be the same is not touched.
 *   <li>A ticket closes when every image it names was judged again or is {@linkplain Sightings
 *       known to be gone}, and nothing of its line fails. What could not be inspected or measured,
 *       or was not looked at, closes nothing and removes no finding.
 *   <li>Without a limit where images of the line were judged and comply. Where none is left, or
 *       what failed is waived, or other rules, settings or profiles judge than when it failed, only
 *       so many close in seven days: {@link ClosingGuard}. The others are listed and wait.
 *   <li>A closed ticket whose line fails again is opened again. One that people closed while its
 *       line failed only when the line fails with something new; one that they opened again stays
 *       open.
 *   <li>A run older than a ticket's last change does not change it back.
 * </ul>
 *
 * The same run twice changes nothing the second time. One ticket that cannot be written loses none
 * of the others; when the tracker asks to wait, the rest is listed as failed and a later call for
 * the same run sends it.
 *
 * <p>Reads the run's images as a stream, three times where there is something to write, and keeps a
 * few hundred bytes for each failing line.
 */
public final class TicketReconciler {
  private final TicketTracker tracker;
  private final TicketOptions options;
  private final Sightings sightings;
  private final String judging;
  private final ClosingLedger ledger;
  private final Supplier<List<ReportedBase>> bases;
  private final ClosingGuard guard;

  /**
   * A reconciler for this tracker and one run.
   *
   * @param sightings of the run
   * @param judging digest of what judged the run, waivers aside
   * @param ledger of the tracker
   * @param bases what the run's images stand on, beside smaller images
   */
  public TicketReconciler(
      TicketTracker tracker,
      TicketOptions options,
      Sightings sightings,
      String judging,
      ClosingLedger ledger,
      Supplier<List<ReportedBase>> bases,
      InstantSource clock) {
    this.tracker = tracker;
    this.options = options;
    this.sightings = sightings;
    this.judging = options.judging(judging);
    this.ledger = ledger;
    this.bases = bases;
    this.guard = new ClosingGuard(ledger, clock);
  }

  /**
   * What {@link #reconcile} would do now.
   *
   * @throws TareException where the tracker cannot be read
   */
  public TicketPlan plan(RunResults results) {
    return decide(results).plan();
  }

  /**
   * Writes what changed; failures of single tickets are in the answer.
   *
   * @throws TareException where the tracker cannot be read
   */
  public TicketPlan reconcile(RunResults results) {
    tracker.settle();
    Decisions decisions = decide(results);
    decisions.failing().forEach(ledger::failed);
    TicketPlan plan = decisions.plan();
    if (decisions.changes().isEmpty()) {
      tracker.overview(plan.deferred());
      return plan;
    }
    Delivery delivery = new Delivery(results.run().id());
    new TicketTexts(results, options.minimum(), bases).write(decisions.changes(), delivery::send);
    if (delivery.wait == null) {
      tracker.overview(plan.deferred());
    }
    delivery.done.sort(Comparator.comparing(TicketAction::key));
    return new TicketPlan(
        delivery.done,
        plan.unchanged(),
        plan.inheriting(),
        plan.deferred(),
        plan.kept(),
        plan.waiting(),
        plan.unreadable(),
        delivery.failures);
  }

  /**
   * What to change, and the plan that says so.
   *
   * @param failing what to take down of lines that fail
   */
  private record Decisions(
      List<TicketChange> changes, TicketPlan plan, Map<TicketKey, ClosingLedger.Failed> failing) {}

  private Decisions decide(RunResults results) {
    KnownTickets known = tracker.known();
    Map<TicketKey, KnownTicket> tickets = new TreeMap<>();
    Set<String> watched = new HashSet<>();
    for (KnownTicket ticket : known.tickets()) {
      TicketRecord data = ticket.data();
      tickets.put(data.key(), ticket);
      for (TicketImage image : data.images()) {
        LineVerdict.places(data.key().name(), image).forEach(watched::add);
      }
    }
    Map<TicketKey, LineSummary> lines = new HashMap<>();
    Set<String> judged = new HashSet<>();
    Inheritance inheritance = new Inheritance(results.rules());
    JudgedBases bases = new JudgedBases(options.minimum());
    results.forEachImage(image -> {
      TicketKey key = TicketKey.of(image);
      bases.add(key, image);
      lines
          .computeIfAbsent(key, any -> new LineSummary(options.minimum()))
          .add(image, inheritance.of(image));
      LineVerdict.places(repositoryOf(image), TicketImage.of(image))
          .filter(watched::contains)
          .forEach(judged::add);
    });
    inherit(lines, bases);
    Map<TicketKey, ClosingLedger.Failed> failed = ledger.failed();
    LineVerdict verdict =
        new LineVerdict(
            results.run(),
            sightings,
            judging,
            failed,
            new UninspectedNames(results.notInspected()),
            judged,
            lines.keySet());

    List<TicketChange> changes = new ArrayList<>();
    List<TicketChange> created = new ArrayList<>();
    List<KeptTicket> kept = new ArrayList<>();
    int unchanged = 0;
    int inheriting = 0;
    Set<TicketKey> keys = new TreeSet<>(tickets.keySet());
    Map<TicketKey, ClosingLedger.Failed> failing = new TreeMap<>();
    lines.forEach((key, line) -> {
      if (line.fails()) {
        keys.add(key);
        ClosingLedger.Failed now = verdict.failed(line);
        ClosingLedger.Failed last = failed.get(key);
        if (last == null || last.at().isBefore(now.at())) {
          failing.put(key, now);
        }
      }
    });
    for (TicketKey key : keys) {
      LineSummary line = lines.getOrDefault(key, new LineSummary(options.minimum()));
      KnownTicket ticket = tickets.get(key);
      String held = ticket == null ? known.held().get(key.mark()) : null;
      if (held != null) {
        kept.add(new KeptTicket(key, null, held));
        continue;
      }
      switch (ticket == null ? verdict.decide(key, line) : verdict.decide(ticket, line)) {
        case Decision.Nothing() -> {
          unchanged += ticket == null ? 0 : 1;
          inheriting += ticket == null ? 1 : 0;
        }
        case Decision.Keep(KeptTicket keptTicket) -> kept.add(keptTicket);
        case Decision.Change(TicketChange change) -> {
          if (change.kind() == TicketAction.Kind.CREATE) {
            created.add(change);
          } else {
            changes.add(change);
          }
        }
      }
    }
    created.sort(
        Comparator.comparing((TicketChange change) -> known.wanted().contains(change.key().mark()))
            .thenComparing(change -> change.after().worst())
            .reversed()
            .thenComparingInt(change -> -change.after().inheritedBy().size())
            .thenComparingInt(change -> -change.after().findings().size())
            .thenComparing(TicketChange::key));
    int room =
        Math.min(
            Math.min(room(results.run().id(), known.tickets()), tracker.room()), created.size());
    changes.addAll(created.subList(0, room));
    changes.sort(Comparator.comparing(TicketChange::key));
    List<WaitingTicket> waiting = waiting(changes, known.tickets());
    Set<TicketKey> wait =
        waiting.stream().map(WaitingTicket::key).collect(Collectors.toUnmodifiableSet());
    changes.removeIf(change -> wait.contains(change.key()));
    return new Decisions(
        changes,
        new TicketPlan(
            changes.stream().map(change -> action(change, location(change))).toList(),
            unchanged,
            inheriting,
            created.subList(room, created.size()).stream()
                .map(change -> action(change, null))
                .toList(),
            kept,
            waiting,
            known.unreadable(),
            List.of()),
        failing);
  }

  /**
   * Says of what fails in a line that a base brings it, where a line of bases has it as its own and
   * so a ticket which lists it.
   */
  private static void inherit(Map<TicketKey, LineSummary> lines, JudgedBases bases) {
    lines.forEach((key, line) -> line.inherit(key, bases));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (LineSummary line : lines.values()) {
        changed |= line.disinherit(lines);
      }
    }
    lines.forEach((key, line) ->
        line.bases().forEach(base -> Objects.requireNonNull(lines.get(base)).inheritedBy(key)));
  }

  /** Those of the changes that would close more tickets than may close now. */
  private List<WaitingTicket> waiting(List<TicketChange> changes, List<KnownTicket> known) {
    if (options.allowClosing()) {
      return List.of();
    }
    List<WaitingTicket> asking = new ArrayList<>();
    for (TicketChange change : changes) {
      KnownTicket before = change.before();
      if (before != null) {
        change
            .cause()
            .ifPresent(
                cause -> asking.add(new WaitingTicket(change.key(), before.location(), cause)));
      }
    }
    int closing = guard.room(asking.stream().map(WaitingTicket::key).toList(), known);
    return asking.subList(closing, asking.size());
  }

  /** New tickets that this run may still open: those of an earlier call for it count. */
  private int room(String run, List<KnownTicket> known) {
    long opened = known.stream().filter(ticket -> ticket.data().openedBy().equals(run)).count();
    return (int) Math.max(0, options.maximumNew() - opened);
  }

  private static String repositoryOf(JudgedImage image) {
    return image.registry() + "/" + image.repository();
  }

  private static @Nullable String location(TicketChange change) {
    return change.before() == null ? null : change.before().location();
  }

  private static TicketAction action(TicketChange change, @Nullable String location) {
    KnownTicket before = change.before();
    return new TicketAction(
        change.kind(),
        change.key(),
        TicketTitle.of(change.after()),
        change.after().state() == TicketState.CLOSED && before != null
            ? before.data().worst()
            : change.after().worst(),
        ChangeText.sentence(change),
        location);
  }

  /** Sends tickets one after the other, and stops when the tracker asks to wait. */
  private final class Delivery {
    private final List<TicketAction> done = new ArrayList<>();
    private final List<TicketFailure> failures = new ArrayList<>();
    private final String run;
    private @Nullable TicketUnavailableException wait;

    Delivery(String run) {
      this.run = run;
    }

    void send(TicketChange change, Ticket ticket) {
      String location = location(change);
      if (wait != null) {
        failures.add(
            new TicketFailure(
                action(change, location),
                "not sent: " + wait.getMessage(),
                true,
                wait.retryAfter().orElse(null)));
        return;
      }
      if (!options.allowClosing() && change.cause().isPresent()) {
        guard.closing(change.key(), run);
      }
      try {
        done.add(action(change, tracker.write(ticket, location)));
      } catch (TicketUnavailableException e) {
        failures.add(
            new TicketFailure(
                action(change, location),
                String.valueOf(e.getMessage()),
                true,
                e.retryAfter().orElse(null)));
        if (e.retryAfter().isPresent()) {
          wait = e;
        }
      } catch (TareException e) {
        failures.add(
            new TicketFailure(
                action(change, location), String.valueOf(e.getMessage()), e.retryHelps(), null));
      }
    }
  }
}
