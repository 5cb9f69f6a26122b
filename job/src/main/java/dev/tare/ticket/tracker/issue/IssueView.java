package dev.tare.ticket.tracker.issue;

import dev.tare.ticket.KnownTicket;
import dev.tare.ticket.KnownTicket.Hand;
import dev.tare.ticket.KnownTickets;
import dev.tare.ticket.TicketJournal;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import dev.tare.ticket.UnreadableTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the issues of a project mean: which of them are tickets, and which tickets there are that no
 * list names.
 */
final class IssueView {
  /** How long a list of issues may leave out one that was created. */
  static final Duration LIST_LAG = Duration.ofMinutes(5);

  /** Of the overview, in the journal. */
  static final String OVERVIEW = "overview";

  private static final Pattern MARK = Pattern.compile("tare-[0-9a-f]{16}");
  private static final int PREFIX = "tare-".length();

  private final Map<String, KnownTicket> tickets = new TreeMap<>();
  private final List<UnreadableTicket> unreadable = new ArrayList<>();
  private final Map<String, String> held = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private @Nullable Issue overview;
  private boolean overviewHeld;

  /** Lists, and asks for what the journal knows and no list names. */
  static IssueView read(Issues issues, TicketJournal journal, Instant now) {
    IssueView view = new IssueView();
    Map<Long, Issue> listed = new TreeMap<>();
    issues.marked(Issues.LABEL).forEach(issue -> listed.put(issue.number(), issue));
    listed.values().forEach(issue -> view.add(location(issues, issue.number()), issue));
    for (TicketJournal.Entry entry : journal.entries()) {
      if (entry.mark().equals(OVERVIEW)) {
        view.overview(issues, entry, now);
        continue;
      }
      if (view.tickets.containsKey(entry.mark()) || view.held.containsKey(entry.mark())) {
        continue;
      }
      String location = entry.location();
      if (location != null) {
        view.notListed(issues, entry.mark(), location);
      } else if (now.isBefore(entry.intendedAt().plus(LIST_LAG))) {
        view.held.put(
            entry.mark(),
            "it was about to be created when a run ended; it is looked for until "
                + entry.intendedAt().plus(LIST_LAG)
                + ", then it is created");
      }
    }
    return view;
  }

  /** The journal knows of an overview, which the list may leave out. */
  private void overview(Issues issues, TicketJournal.Entry entry, Instant now) {
    String location = entry.location();
    if (overview != null) {
      return;
    }
    if (location == null) {
      overviewHeld = now.isBefore(entry.intendedAt().plus(LIST_LAG));
      return;
    }
    switch (issues.find(number(issues, location))) {
      case Lookup.Gone() -> gone.add(OVERVIEW);
      case Lookup.Moved() -> overviewHeld = true;
      case Lookup.Found(Issue issue) -> overview = issue;
    }
  }

  KnownTickets known() {
    Issue now = overview;
    Set<String> wanted = now == null ? Set.of() : Overview.wanted(now);
    return new KnownTickets(List.copyOf(tickets.values()), unreadable, held, wanted);
  }

  /** The issue that lists what is held back; null where there is none. */
  @Nullable Issue overview() {
    return overview;
  }

  /** Whether there may be such an issue that cannot be seen now. */
  boolean isOverviewHeld() {
    return overviewHeld;
  }

  /** Tickets, by their marks. */
  Map<String, KnownTicket> tickets() {
    return tickets;
  }

  /** Marks of tickets that the journal knows and that are not there any more. */
  Set<String> gone() {
    return gone;
  }

  /** A ticket was written. */
  void written(TicketRecord record, String location) {
    String mark = record.key().mark();
    tickets.put(mark, new KnownTicket(record, location));
    gone.remove(mark);
  }

  private void add(String location, Issue issue) {
    if (Overview.isOne(issue)) {
      overview = overview == null ? issue : overview;
      return;
    }
    Set<String> marks = marks(issue);
    TicketRecord record;
    try {
      record = IssueBody.read(issue.body()).record();
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      if (!marks.isEmpty()) {
        unreadable.add(new UnreadableTicket(location, reason));
      }
      marks.forEach(mark -> hold(mark, location, reason));
      return;
    }
    String mark = record.key().mark();
    if (!marks.isEmpty() && !marks.contains(mark)) {
      String reason =
          "has the label of another ticket than its text, which is about " + record.key();
      unreadable.add(new UnreadableTicket(location, reason));
      marks.forEach(other -> hold(other, location, reason));
      return;
    }
    KnownTicket first = tickets.putIfAbsent(mark, ticket(record, location, issue));
    if (first != null) {
      unreadable.add(
          new UnreadableTicket(
              location, "is a second ticket about the same as " + first.location()));
    }
  }

  private void hold(String mark, String location, String reason) {
    held.putIfAbsent(mark, "its ticket " + location + " cannot be read: " + reason);
  }

  /** A list may lag, and people may have removed the label, moved the issue or deleted it. */
  private void notListed(Issues issues, String mark, String location) {
    switch (issues.find(number(issues, location))) {
      case Lookup.Gone() -> gone.add(mark);
      case Lookup.Moved() ->
          held.put(
              mark,
              "its ticket "
                  + location
                  + " was moved to another project, where it is left alone; delete it there to have a new one here");
      case Lookup.Found(Issue issue) -> {
        TicketRecord record = recordOf(issue);
        if (record != null && record.key().mark().equals(mark)) {
          tickets.put(mark, ticket(record, location, issue));
        } else if (marks(issue).contains(mark)) {
          add(location, issue);
        } else {
          gone.add(mark); // People took its label and its text away: it is an issue of theirs now.
        }
      }
    }
  }

  private static @Nullable TicketRecord recordOf(Issue issue) {
    try {
      return IssueBody.read(issue.body()).record();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static KnownTicket ticket(TicketRecord record, String location, Issue issue) {
    if (issue.open() == (record.state() == TicketState.OPEN)) {
      return new KnownTicket(record, location);
    }
    TicketRecord now =
        new TicketRecord(
            record.key(),
            issue.open() ? TicketState.OPEN : TicketState.CLOSED,
            record.openedAt(),
            record.updatedAt(),
            issue.open() ? null : issue.closedAt(),
            record.openedBy(),
            record.runs(),
            record.content(),
            record.findings(),
            record.images(),
            record.imagesOmitted(),
            record.inheritedBy());
    return new KnownTicket(now, location, issue.open() ? Hand.REOPENED : Hand.CLOSED);
  }

  private static Set<String> marks(Issue issue) {
    Set<String> marks = new HashSet<>();
    for (String label : issue.labels()) {
      if (MARK.matcher(label).matches()) {
        marks.add(label.substring(PREFIX));
      }
    }
    return marks;
  }

  static String location(Issues issues, long number) {
    return issues.page() + number;
  }

  /** Of an address that {@link #location} made: nothing is ever sent to the address itself. */
  static long number(Issues issues, String location) {
    String prefix = issues.page();
    if (!location.startsWith(prefix)) {
      throw new IllegalArgumentException(location + ": expected an issue of " + issues.project());
    }
    return Long.parseLong(location.substring(prefix.length()));
  }
}
