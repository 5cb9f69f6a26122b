package dev.tare.batch;

import dev.tare.finding.ReportedTicket;
import dev.tare.finding.ReportedTicket.Change;
import dev.tare.finding.ReportedTicket.State;
import dev.tare.finding.ReportedTickets;
import dev.tare.http.FileAddress;
import dev.tare.ticket.KeptTicket;
import dev.tare.ticket.KnownTicket;
import dev.tare.ticket.KnownTickets;
import dev.tare.ticket.TicketAction;
import dev.tare.ticket.TicketFailure;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketImage;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketPlan;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.WaitingTicket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a tracker holds, and what a run did to it, put together for a report. */
final class TicketList {
  private static final Comparator<ReportedTicket> ORDER =
      Comparator.<ReportedTicket, Boolean>comparing(ticket -> ticket.state() == State.CLOSED)
          .thenComparing(ReportedTicket::severity, Comparator.reverseOrder())
          .thenComparing(ReportedTicket::rules, Comparator.reverseOrder())
          .thenComparing(ReportedTicket::registry)
          .thenComparing(ReportedTicket::repository)
          .thenComparing(ReportedTicket::tags, Comparator.nullsLast(Comparator.naturalOrder()));

  /** What the run did to one ticket. */
  private record Done(Change change, String note, @Nullable TicketAction action) {}

  private final Path directory;

  /**
   * For a report in this directory.
   *
   * @param directory that files are named relative to
   */
  TicketList(Path directory) {
    this.directory = directory;
  }

  /**
   * All tickets as they are now; throws what the tracker throws where it cannot be read.
   *
   * @param plan what becomes of them in this call for the run
   */
  ReportedTickets of(TicketTracker tracker, TicketPlan plan, boolean planned, String run) {
    return all(tracker, done(plan), planned, run);
  }

  /** The same where no run did anything to them. */
  ReportedTickets of(TicketTracker tracker) {
    return all(tracker, Map.of(), false, null);
  }

  private static Map<TicketKey, Done> done(TicketPlan plan) {
    Map<TicketKey, Done> done = new HashMap<>();
    plan.actions().forEach(action -> done.put(action.key(), done(change(action), action)));
    plan.deferred().forEach(action -> done.put(action.key(), done(Change.DEFERRED, action)));
    for (KeptTicket kept : plan.kept()) {
      done.put(kept.key(), new Done(Change.KEPT, kept.reason(), null));
    }
    for (WaitingTicket waiting : plan.waiting()) {
      String why = "because " + waiting.cause().words() + "; only a limited number closes at once";
      done.put(waiting.key(), new Done(Change.WAITING, why, null));
    }
    for (TicketFailure failure : plan.failures()) {
      done.put(
          failure.action().key(), new Done(Change.FAILED, failure.message(), failure.action()));
    }
    return done;
  }

  private ReportedTickets all(
      TicketTracker tracker, Map<TicketKey, Done> plan, boolean planned, @Nullable String run) {
    Map<TicketKey, Done> done = new HashMap<>(plan);
    List<ReportedTicket> tickets = new ArrayList<>();
    KnownTickets all = tracker.known();
    for (KnownTicket known : all.tickets()) {
      Done now = done.remove(known.data().key());
      tickets.add(written(known, now == null ? before(known.data(), run) : now));
    }
    done.forEach((key, what) -> {
      if (what.action() != null) {
        tickets.add(unwritten(key, what, what.action()));
      }
    });
    tickets.sort(ORDER);
    List<ReportedTickets.Unreadable> unreadable =
        all.unreadable().stream()
            .map(one -> new ReportedTickets.Unreadable(location(one.location()), one.reason()))
            .toList();
    return new ReportedTickets(planned, tickets, unreadable, null);
  }

  /** A run that was interrupted has opened a ticket before, and goes on: it is new all the same. */
  private static @Nullable Done before(TicketRecord ticket, @Nullable String run) {
    if (!ticket.openedBy().equals(run)) {
      return null;
    }
    int findings = ticket.findings().size();
    return new Done(Change.CREATED, findings + (findings == 1 ? " finding" : " findings"), null);
  }

  private static Done done(Change change, TicketAction action) {
    return new Done(change, action.reason(), action);
  }

  private static Change change(TicketAction action) {
    return switch (action.kind()) {
      case CREATE -> Change.CREATED;
      case UPDATE -> Change.UPDATED;
      case CLOSE -> Change.CLOSED;
      case REOPEN -> Change.REOPENED;
    };
  }

  private ReportedTicket written(KnownTicket known, @Nullable Done done) {
    TicketRecord ticket = known.data();
    TicketAction action = done == null ? null : done.action();
    Set<String> rules = new TreeSet<>();
    ticket.findings().stream().map(TicketFinding::rule).forEach(rules::add);
    return new ReportedTicket(
        ticket.key().registry(),
        ticket.key().repository(),
        tags(ticket.key()),
        ticket.state() == TicketState.OPEN ? State.OPEN : State.CLOSED,
        action == null ? ticket.worst() : action.severity(),
        rules.size(),
        ticket.images().stream().map(TicketImage::digest).distinct().toList(),
        ticket.openedAt(),
        ticket.updatedAt(),
        ticket.closedAt(),
        location(known.location()),
        done == null ? null : done.change(),
        done == null ? null : done.note());
  }

  private static ReportedTicket unwritten(TicketKey key, Done done, TicketAction action) {
    return new ReportedTicket(
        key.registry(),
        key.repository(),
        tags(key),
        State.UNWRITTEN,
        action.severity(),
        0,
        List.of(),
        null,
        null,
        null,
        null,
        done.change(),
        done.note());
  }

  private static @Nullable String tags(TicketKey key) {
    return key.line().tagged() ? key.line().text() : null;
  }

  /**
   * An address, and a name of a ticket that has none, as it is; a path {@code
   * tickets/team-app.v-x.1f2e3d4c5b6a7988.md}, whatever the machine's separator.
   */
  private String location(String path) {
    if (FileAddress.isOne(path) || path.startsWith("webhook:")) {
      return path;
    }
    Path relative = directory.toAbsolutePath().relativize(Path.of(path).toAbsolutePath());
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
