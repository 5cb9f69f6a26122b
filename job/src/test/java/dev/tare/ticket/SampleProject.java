package dev.tare.ticket;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.RefusedException;
import dev.tare.ticket.tracker.issue.UncertainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A project with issues, and the journal of a state, in memory. Its lists lag, requests fail, and
 * the process ends, as told.
 */
final class SampleProject implements Issues {
  /** The process ended. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed");
    }
  }

  /** What happens to one step. */
  enum Fault {
    /** The process ends before it. */
    KILLED_BEFORE,
    /** The process ends after it. */
    KILLED_AFTER,
    /** It is not carried out, and nobody knows. */
    LOST,
    /** It is carried out, and nobody knows. */
    ANSWER_LOST,
    /** The tracker does not take it now. */
    BUSY,
    /** Nobody answers. */
    UNREACHABLE,
    /** The tracker refuses it. */
    REFUSED
  }

  /** One issue. */
  static final class Item {
    final long number;
    final Instant createdAt;
    String title;
    String body;
    boolean open = true;
    boolean locked;
    boolean moved;
    final Set<String> labels;
    final List<String> comments = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();

    Item(long number, Instant createdAt, String title, String body, Set<String> labels) {
      this.number = number;
      this.createdAt = createdAt;
      this.title = title;
      this.body = body;
      this.labels = new HashSet<>(labels);
    }

    Issue issue() {
      return new Issue(number, body, open, open ? null : createdAt, labels);
    }
  }

  final Map<Long, Item> items = new TreeMap<>();
  final Set<String> labels = new HashSet<>();
  final Journal journal = new Journal();
  Instant now = Instant.parse("2026-11-05T00:00:00Z");
  Duration lag = Duration.ZERO;
  boolean labelsAreDropped;

  /** Whether the state of an issue is changed by a request of its own, before its text. */
  boolean statesApart;

  boolean busy;
  private long last;
  private int steps;
  private int faultAt = -1;
  private @Nullable Fault fault;

  /** The step after so many others goes wrong; -1 for none. */
  void fault(int at, @Nullable Fault what) {
    steps = 0;
    faultAt = at;
    fault = what;
  }

  /** Steps since the last {@link #fault}. */
  int steps() {
    return steps;
  }

  List<Item> about(String mark) {
    return items.values().stream().filter(item -> item.labels.contains("tare-" + mark)).toList();
  }

  private <T> T read(Supplier<T> reading) {
    Fault what = next();
    if (what == Fault.KILLED_BEFORE || what == Fault.KILLED_AFTER) {
      throw new Killed();
    }
    if (what == Fault.REFUSED) {
      throw new RefusedException("read: 403", null);
    }
    if (what == Fault.UNREACHABLE) {
      throw new TareException(FailureKind.ENVIRONMENT, "read: connection refused");
    }
    if (what != null) {
      throw new TicketUnavailableException("read: 503", null, null);
    }
    return reading.get();
  }

  private @Nullable Fault next() {
    return steps++ == faultAt ? fault : null;
  }

  private <T> T change(Supplier<T> changing) {
    Fault what = next();
    if (busy) {
      throw new TicketUnavailableException("change: 503", null, null);
    }
    if (what == null) {
      return changing.get();
    }
    switch (what) {
      case KILLED_BEFORE -> throw new Killed();
      case KILLED_AFTER -> {
        T unused = changing.get();
        throw new Killed();
      }
      case LOST -> throw new UncertainException("change: timed out", null, null);
      case ANSWER_LOST -> {
        T unused = changing.get();
        throw new UncertainException("change: timed out", null, null);
      }
      case BUSY -> throw new TicketUnavailableException("change: 429", null, null);
      case UNREACHABLE ->
          throw new TareException(FailureKind.ENVIRONMENT, "change: connection refused");
      case REFUSED -> throw new RefusedException("change: 403", null);
    }
    throw new IllegalStateException(what.name());
  }

  private Item item(long number) {
    Item item = items.get(number);
    if (item == null || item.moved) {
      throw new TareException(FailureKind.ENVIRONMENT, "issue " + number + ": 404");
    }
    return item;
  }

  @Override
  public String tracker() {
    return "sample";
  }

  @Override
  public String project() {
    return "https://git.example.com/team/tickets";
  }

  @Override
  public int longestBody() {
    return 65_536;
  }

  @Override
  public void check() {
    read(() -> true);
  }

  @Override
  public List<Issue> marked(String label) {
    return read(() ->
        items.values().stream()
            .filter(item -> !item.moved && item.labels.contains(label))
            .filter(item -> !item.createdAt.plus(lag).isAfter(now))
            .map(Item::issue)
            .toList());
  }

  @Override
  public Lookup find(long number) {
    return read(() -> {
      Item item = items.get(number);
      return item == null
          ? new Lookup.Gone()
          : item.moved ? new Lookup.Moved() : new Lookup.Found(item.issue());
    });
  }

  @Override
  public void requireLabels(Set<String> names) {
    change(() -> labels.addAll(names));
  }

  @Override
  public Issue create(String title, String body, Set<String> names) {
    if (!labels.containsAll(names)) {
      throw new TareException(FailureKind.ENVIRONMENT, "create: 422, no such label");
    }
    return change(() -> {
      Item item = new Item(++last, now, title, body, labelsAreDropped ? Set.of() : names);
      items.put(item.number, item);
      return item.issue();
    });
  }

  @Override
  public void edit(long number, String title, String body, boolean open) {
    if (statesApart && item(number).open != open) {
      change(() -> item(number).open = open);
    }
    change(() -> {
      Item item = item(number);
      item.title = title;
      item.body = body;
      item.open = open;
      item.bodies.add(body);
      return item;
    });
  }

  @Override
  public void label(long number, Set<String> names) {
    change(() -> item(number).labels.addAll(names));
  }

  @Override
  public void unlabel(long number, String label) {
    change(() -> item(number).labels.remove(label));
  }

  @Override
  public List<String> comments(long number) {
    return read(() -> List.copyOf(item(number).comments));
  }

  @Override
  public void comment(long number, String text) {
    change(() -> {
      if (item(number).locked) {
        throw new RefusedException("comment: 403, locked", null);
      }
      return item(number).comments.add(text);
    });
  }

  @Override
  public void close() {}

  /** What a state remembers; its writes are steps too, which a process may end before or after. */
  final class Journal implements TicketJournal {
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, Comment> comments = new HashMap<>();

    private void write(Runnable writing) {
      Fault what = next();
      if (what == Fault.KILLED_BEFORE) {
        throw new Killed();
      }
      writing.run();
      if (what == Fault.KILLED_AFTER) {
        throw new Killed();
      }
    }

    @Override
    public List<Entry> entries() {
      return List.copyOf(entries.values());
    }

    @Override
    public void intend(String mark, Instant at) {
      write(() -> entries.put(mark, new Entry(mark, at, null)));
    }

    @Override
    public void found(String mark, String location) {
      write(() -> {
        Entry before = entries.get(mark);
        Instant at = before == null ? Instant.EPOCH : before.intendedAt();
        entries.put(mark, new Entry(mark, at, location));
      });
    }

    @Override
    public void forget(String mark) {
      write(() -> entries.remove(mark));
    }

    @Override
    public int intendedSince(Instant since) {
      return (int)
          entries.values().stream().filter(entry -> entry.intendedAt().isAfter(since)).count();
    }

    @Override
    public List<Comment> comments() {
      return List.copyOf(comments.values());
    }

    @Override
    public void comment(Comment comment) {
      write(() -> comments.put(comment.change(), comment));
    }

    @Override
    public void commented(String change) {
      write(() -> comments.remove(change));
    }
  }
}
