package dev.tare.ticket.tracker.issue;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.KnownTickets;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketAction;
import dev.tare.ticket.TicketJournal;
import dev.tare.ticket.TicketJournal.Comment;
import dev.tare.ticket.TicketJournal.Entry;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketState;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.TicketUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each ticket as an issue with two labels, {@code tare} and {@code tare-<mark>}, and what
 * programs read of it in a hidden line of its body.
 *
 * <ul>
 *   <li>That a ticket is about to be created is in the journal before the request is sent. After a
 *       process that ended in between, the list says whether it was; as long as a list may lag, it
 *       is not created again.
 *   <li>What changed is a comment, in the journal before the body is replaced. One that may not
 *       have been sent is looked for among the comments, and sent where it is not.
 *   <li>Before an issue is changed it is read: what people did meanwhile is not undone.
 * </ul>
 *
 * Lists once, and adds what it writes. Used by one thread at a time.
 */
public final class IssueTracker implements TicketTracker {
  /** New tickets in one hour, of all runs of a state. */
  static final int NEW_AN_HOUR = 150;

  private static final Logger LOG = LoggerFactory.getLogger(IssueTracker.class);
  private static final int LONGEST_TITLE = 250;
  private static final Pattern SEVERITY = Pattern.compile("severity-[a-z]+");

  /** So many requests in a row that fail in passing, and nothing more is sent. */
  private static final int MOST_FAILURES = 3;

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Issues issues;
  private final TicketJournal journal;
  private final InstantSource clock;
  private final Set<String> unsent = new HashSet<>();
  private @Nullable IssueView view;
  private int failures;

  /** Over these issues, which are closed with it. */
  public IssueTracker(Issues issues, TicketJournal journal, InstantSource clock) {
    this.issues = issues;
    this.journal = journal;
    this.clock = clock;
  }

  /** Where tickets are that these issues are: {@code gitea:https://git.example.com/a/b}. */
  public static String place(Issues issues) {
    return issues.tracker() + ":" + issues.project();
  }

  @Override
  public String name() {
    return issues.tracker();
  }

  @Override
  public String place() {
    return place(issues);
  }

  @Override
  public void check() {
    issues.check();
  }

  @Override
  public int room() {
    return Math.max(
        0, NEW_AN_HOUR - journal.intendedSince(clock.instant().minus(Duration.ofHours(1))));
  }

  @Override
  public KnownTickets known() {
    return view().known();
  }

  private IssueView view() {
    IssueView now = view;
    if (now == null) {
      issues.check();
      now = IssueView.read(issues, journal, clock.instant());
      view = now;
    }
    return now;
  }

  @Override
  public void settle() {
    IssueView now = view();
    Map<String, String> locations = new HashMap<>();
    for (Entry entry : journal.entries()) {
      if (entry.location() != null) {
        locations.put(entry.mark(), entry.location());
      }
    }
    now.tickets()
        .forEach((mark, ticket) -> {
          if (!ticket.location().equals(locations.get(mark))) {
            journal.found(mark, ticket.location());
          }
        });
    Issue overview = now.overview();
    if (overview != null) {
      String location = IssueView.location(issues, overview.number());
      if (!location.equals(locations.get(IssueView.OVERVIEW))) {
        journal.found(IssueView.OVERVIEW, location);
      }
    }
    now.gone().forEach(journal::forget);
    journal.comments().forEach(this::finish);
  }

  /** A comment that may not have been sent. */
  private void finish(Comment comment) {
    long number = IssueView.number(issues, comment.location());
    if (issues.find(number) instanceof Lookup.Found(Issue issue)
        && comment.change().equals(digestOf(issue))
        && issues.comments(number).stream().noneMatch(text -> text.contains(comment.change()))) {
      send(comment);
    } else {
      journal.commented(comment.change());
    }
  }

  private static @Nullable String digestOf(Issue issue) {
    try {
      return IssueBody.digest(IssueBody.read(issue.body()).record());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String write(Ticket ticket, @Nullable String location) {
    try {
      String written = location == null ? create(ticket) : update(ticket, location);
      view().written(ticket.data(), written);
      failures = 0;
      return written;
    } catch (TicketUnavailableException e) {
      failures++;
      if (failures >= MOST_FAILURES && e.retryAfter().isEmpty()) {
        throw new TicketUnavailableException(String.valueOf(e.getMessage()), PAUSE, e);
      }
      throw e;
    }
  }

  @Override
  public void overview(List<TicketAction> held) {
    try {
      tell(held);
    } catch (TareException e) {
      LOG.atWarn()
          .addKeyValue("held", held.size())
          .addKeyValue("reason", e.getMessage())
          .log("the overview of tickets that are held back is not up to date");
    }
  }

  /** One that people have closed is left alone. */
  private void tell(List<TicketAction> held) {
    Issue now = view().overview();
    if (now == null) {
      if (!held.isEmpty() && !view().isOverviewHeld()) {
        createOverview(held);
      }
      return;
    }
    boolean byHand = !now.open() && !Overview.isEmpty(now);
    boolean same = Overview.saysSame(now, held) && now.open() != held.isEmpty();
    if (byHand || same) {
      return;
    }
    String body = Overview.body(held, Overview.wanted(now), notes(now));
    issues.edit(now.number(), Overview.title(held), body, !held.isEmpty());
    Overview.answered(now, held).forEach(label -> issues.unlabel(now.number(), label));
  }

  private static String notes(Issue overview) {
    BodyParts parts = BodyParts.of(overview.body());
    return parts == null ? "\n" : parts.notes();
  }

  private void createOverview(List<TicketAction> held) {
    Set<String> labels = Set.of(Issues.LABEL, Overview.LABEL);
    if (!issues.marked(Overview.LABEL).isEmpty()) {
      return; // Another run was faster; the next one takes it over.
    }
    issues.requireLabels(labels);
    journal.intend(IssueView.OVERVIEW, clock.instant());
    Issue created;
    try {
      created = issues.create(Overview.title(held), Overview.body(held, Set.of(), "\n"), labels);
    } catch (UncertainException e) {
      throw e; // The journal keeps it: the next run looks for it.
    } catch (TareException e) {
      journal.forget(IssueView.OVERVIEW);
      throw e;
    }
    journal.found(IssueView.OVERVIEW, IssueView.location(issues, created.number()));
  }

  private String create(Ticket ticket) {
    String mark = ticket.data().key().mark();
    Set<String> labels = labels(ticket);
    String body = body(ticket, "\n");
    // The overview may have it, where people ask for this ticket.
    List<Issue> there =
        issues.marked(label(mark)).stream().filter(one -> !Overview.isOne(one)).toList();
    if (!there.isEmpty()) {
      long number = there.getFirst().number();
      issues.requireLabels(labels);
      issues.label(number, labels);
      throw new TareException(
          FailureKind.TRANSIENT,
          "create ticket: "
              + IssueView.location(issues, number)
              + " has its label "
              + label(mark)
              + "; the next run takes it over");
    }
    issues.requireLabels(labels);
    Instant now = clock.instant();
    journal.intend(mark, now);
    Issue created;
    try {
      created = issues.create(title(ticket), body, labels);
    } catch (UncertainException e) {
      throw e; // The journal keeps it: the next run looks for it.
    } catch (TareException e) {
      journal.forget(mark);
      throw e;
    }
    String location = IssueView.location(issues, created.number());
    journal.found(mark, location);
    if (!created.labels().containsAll(labels)) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "create ticket " + location + ": it did not get its labels",
          "Give the token's account the right to write issues and labels, not only to open them.");
    }
    return location;
  }

  private String update(Ticket ticket, String location) {
    if (unsent.contains(location)) {
      throw new TicketUnavailableException(
          "update ticket " + location + ": the comment on its last change could not be sent yet",
          null,
          null);
    }
    long number = IssueView.number(issues, location);
    Issue now =
        switch (issues.find(number)) {
          case Lookup.Found(Issue issue) -> issue;
          case Lookup.Moved() -> throw lost(location, "it was moved to another project");
          case Lookup.Gone() -> throw lost(location, "it was deleted; the next run opens another");
        };
    IssueBody before;
    try {
      before = IssueBody.read(now.body());
    } catch (IllegalArgumentException e) {
      throw lost(location, String.valueOf(e.getMessage()));
    }
    TicketRecord data = ticket.data();
    boolean open = data.state() == TicketState.OPEN;
    if (before.record().equals(data) && now.open() == open) {
      return location;
    }
    String body = body(ticket, before.notes());
    String text = ticket.comment();
    Comment comment = text == null ? null : new Comment(IssueBody.digest(data), location, text);
    if (comment != null) {
      journal.comment(comment);
    }
    label(number, now.labels(), labels(ticket)); // First: what the body says is not changed again.
    issues.edit(number, title(ticket), body, open);
    if (comment != null) {
      send(comment);
    }
    return location;
  }

  /** What people gave it stays. */
  private void label(long number, Set<String> has, Set<String> wanted) {
    if (!has.containsAll(wanted)) {
      issues.requireLabels(wanted);
      issues.label(number, wanted);
    }
    has.stream()
        .filter(label -> SEVERITY.matcher(label).matches() && !wanted.contains(label))
        .forEach(label -> issues.unlabel(number, label));
  }

  private static TareException lost(String location, String why) {
    return new TareException(FailureKind.ENVIRONMENT, "update ticket " + location + ": " + why);
  }

  /** One that the tracker refuses, for example because the issue is locked, is left out. */
  private void send(Comment comment) {
    String text = comment.text() + "\n<!-- tare:change " + comment.change() + " -->\n";
    try {
      issues.comment(IssueView.number(issues, comment.location()), text);
    } catch (RefusedException e) {
      LOG.atWarn()
          .addKeyValue("ticket", comment.location())
          .addKeyValue("reason", e.getMessage())
          .log("the tracker takes no comment on the ticket");
    } catch (TareException e) {
      // The journal keeps it: the next run looks whether it is there.
      unsent.add(comment.location());
      LOG.atWarn()
          .addKeyValue("ticket", comment.location())
          .addKeyValue("reason", e.getMessage())
          .log("a comment may not have been sent; the next run sends it");
      return;
    }
    journal.commented(comment.change());
  }

  private String body(Ticket ticket, String notes) {
    return IssueBody.write(ticket.body(), ticket.data(), notes, issues.longestBody());
  }

  private static String title(Ticket ticket) {
    String title = ticket.title();
    return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE - 1) + "…" : title;
  }

  private static String label(String mark) {
    return "tare-" + mark;
  }

  private static Set<String> labels(Ticket ticket) {
    Set<String> labels = new TreeSet<>(ticket.labels());
    labels.add(Issues.LABEL);
    labels.add(label(ticket.data().key().mark()));
    return labels;
  }

  @Override
  public void close() {
    issues.close();
  }
}
