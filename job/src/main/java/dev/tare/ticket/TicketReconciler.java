package dev.tare.ticket;

import dev.tare.error.TareException;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunResults;
import dev.tare.ticket.LineVerdict.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tickets of a tracker in line with the results of a run: one ticket for each repository
 * and {@linkplain TagLine tag line} that fails.
 *
 * <ul>
 *   <li>A line that fails for the first time gets a ticket, up to a number of new ones per run.
 *   <li>A ticket whose text would be the same is not touched.
 *   <li>A ticket closes when every image it names was judged again or is known to be gone, and
 *       nothing of its line fails. What could not be inspected or measured, or was not among the
 *       run's targets, closes nothing and removes no finding.
 *   <li>A closed ticket whose line fails again is opened again.
 *   <li>A run older than a ticket's last change does not change it back.
 * </ul>
 *
 * The same run twice changes nothing the second time. One ticket that cannot be written loses none
 * of the others; when the tracker asks to wait, the rest is listed as failed and a later call for
 * the same run sends it.
 *
 * <p>Reads the run's images as a stream, twice where there is something to write, and keeps a few
 * hundred bytes for each failing line.
 */
public final class TicketReconciler {
  private final TicketTracker tracker;
  private final TicketOptions options;

  /** A reconciler for this tracker. */
  public TicketReconciler(TicketTracker tracker, TicketOptions options) {
    this.tracker = tracker;
    this.options = options;
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
    Decisions decisions = decide(results);
    if (decisions.changes().isEmpty()) {
      return decisions.plan();
    }
    Delivery delivery = new Delivery();
    new TicketTexts(results, options.minimum()).write(decisions.changes(), delivery::send);
    TicketPlan plan = decisions.plan();
    delivery.done.sort(Comparator.comparing(TicketAction::key));
    return new TicketPlan(
        delivery.done,
        plan.unchanged(),
        plan.deferred(),
        plan.kept(),
        plan.unreadable(),
        delivery.failures);
  }

  /** What to change, and the plan that says so. */
  private record Decisions(List<TicketChange> changes, TicketPlan plan) {}

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
    results.forEachImage(image -> {
      lines
          .computeIfAbsent(TicketKey.of(image), any -> new LineSummary(options.minimum()))
          .add(image);
      LineVerdict.places(repositoryOf(image), TicketImage.of(image))
          .filter(watched::contains)
          .forEach(judged::add);
    });
    LineVerdict verdict =
        new LineVerdict(
            results.run(),
            options.narrowed() ? TargetScope.nothing() : TargetScope.of(results.run().targets()),
            new UninspectedNames(results.notInspected()),
            judged);

    List<TicketChange> changes = new ArrayList<>();
    List<TicketChange> created = new ArrayList<>();
    List<KeptTicket> kept = new ArrayList<>();
    int unchanged = 0;
    Set<TicketKey> keys = new TreeSet<>(tickets.keySet());
    lines.forEach((key, line) -> {
      if (line.fails()) {
        keys.add(key);
      }
    });
    for (TicketKey key : keys) {
      LineSummary line = lines.getOrDefault(key, new LineSummary(options.minimum()));
      KnownTicket ticket = tickets.get(key);
      switch (ticket == null ? verdict.decide(key, line) : verdict.decide(ticket, line)) {
        case Decision.Nothing() -> unchanged++;
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
        Comparator.comparing((TicketChange change) -> change.after().worst())
            .reversed()
            .thenComparingInt(change -> -change.after().findings().size())
            .thenComparing(TicketChange::key));
    int room = Math.min(room(results.run().id(), known.tickets()), created.size());
    changes.addAll(created.subList(0, room));
    changes.sort(Comparator.comparing(TicketChange::key));
    return new Decisions(
        changes,
        new TicketPlan(
            changes.stream().map(change -> action(change, location(change))).toList(),
            unchanged,
            created.subList(room, created.size()).stream()
                .map(change -> action(change, null))
                .toList(),
            kept,
            known.unreadable(),
            List.of()));
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
    private @Nullable TicketUnavailableException wait;

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
