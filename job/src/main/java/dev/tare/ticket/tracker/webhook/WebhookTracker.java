package dev.tare.ticket.tracker.webhook;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.Webhook;
import dev.tare.http.WebhookException;
import dev.tare.http.WebhookException.Fate;
import dev.tare.ticket.KnownTicket;
import dev.tare.ticket.KnownTickets;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketHook;
import dev.tare.ticket.TicketOutbox;
import dev.tare.ticket.TicketOutbox.Entry;
import dev.tare.ticket.TicketOutbox.Message;
import dev.tare.ticket.TicketRecord;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.TicketUnavailableException;
import dev.tare.ticket.UnreadableTicket;
import dev.tare.ticket.tracker.file.TicketFrontMatter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an address of each change of a ticket. What it was told stands in the state, as nobody can
 * ask it.
 *
 * <ul>
 *   <li>A message is in the state before it is sent. One that may have been taken is sent again, as
 *       it was, before anything else is told of its ticket; its identifier says that it is the
 *       same.
 *   <li>One that was not taken is as if it had never been: the next run tells what is so then.
 *   <li>After an answer that the address takes no message any more, none is sent.
 * </ul>
 *
 * Used by one thread at a time.
 */
public final class WebhookTracker implements TicketTracker {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookTracker.class);

  /** So many messages in a row that fail in passing, and nothing more is sent. */
  private static final int MOST_FAILURES = 3;

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final TicketHook hook;
  private final TicketOutbox outbox;
  private final Webhook sender;
  private @Nullable Map<String, Entry> entries;
  private @Nullable TareException ended;
  private int failures;

  /** Tells this hook; what it was told is in the outbox. */
  public WebhookTracker(TicketHook hook, TicketOutbox outbox) {
    this.hook = hook;
    this.outbox = outbox;
    this.sender = new Webhook(hook.address(), hook.secrets(), hook.http(), hook.stop());
  }

  /** Where tickets are that this hook is told of. */
  public static String place(TicketHook hook) {
    return "webhook:" + hook.address();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public String place() {
    return place(hook);
  }

  @Override
  public KnownTickets known() {
    List<KnownTicket> tickets = new ArrayList<>();
    List<UnreadableTicket> unreadable = new ArrayList<>();
    Map<String, String> held = new HashMap<>();
    entries()
        .forEach((mark, entry) -> {
          if (entry.told() == null) {
            held.put(mark, "it may have been told, and is told again first");
            return;
          }
          try {
            tickets.add(new KnownTicket(TicketFrontMatter.read(entry.told()), location(mark)));
          } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            unreadable.add(new UnreadableTicket(location(mark), reason));
            held.put(mark, "what it was told last cannot be read: " + reason);
          }
        });
    return new KnownTickets(tickets, unreadable, held, Set.of());
  }

  private Map<String, Entry> entries() {
    Map<String, Entry> known = entries;
    if (known == null) {
      known = new TreeMap<>();
      for (Entry entry : outbox.outbox()) {
        known.put(entry.mark(), entry);
      }
      entries = known;
    }
    return known;
  }

  /** What may have been taken is sent again. */
  @Override
  public void settle() {
    for (Entry entry : List.copyOf(entries().values())) {
      Message message = entry.message();
      if (message == null) {
        continue;
      }
      try {
        deliver(entry.mark(), message, true);
      } catch (TareException e) {
        LOG.atWarn()
            .addKeyValue("ticket", location(entry.mark()))
            .addKeyValue("reason", e.getMessage())
            .log("a message of an earlier run was not taken");
        if (ended != null) {
          return;
        }
      }
    }
  }

  @Override
  public String write(Ticket ticket, @Nullable String location) {
    String mark = ticket.data().key().mark();
    Entry entry = entries().get(mark);
    TareException last = ended;
    if (last != null) {
      throw last;
    }
    if (entry != null && entry.message() != null) {
      throw new TicketUnavailableException(
          action(mark) + ": the message about its last change was not taken yet", null, null);
    }
    TicketRecord before =
        entry == null || entry.told() == null ? null : TicketFrontMatter.read(entry.told());
    if (ticket.data().equals(before)) {
      return location(mark);
    }
    Message message = TicketEvent.of(place(), ticket, before);
    outbox.sending(mark, message);
    entries().put(mark, new Entry(mark, entry == null ? null : entry.told(), message));
    deliver(mark, message, false);
    return location(mark);
  }

  /**
   * Sends it.
   *
   * @param again whether it was sent before, and may have been taken
   */
  private void deliver(String mark, Message message, boolean again) {
    try {
      sender.send(action(mark), message.id(), message.body().getBytes(StandardCharsets.UTF_8));
    } catch (WebhookException e) {
      boolean said = e.fate() == Fate.REFUSED || e.fate() == Fate.GONE;
      if (said || (!again && e.fate() != Fate.UNCERTAIN)) {
        withdraw(mark);
      }
      throw told(e);
    }
    outbox.taken(mark);
    entries().put(mark, new Entry(mark, message.ticket(), null));
    failures = 0;
  }

  private void withdraw(String mark) {
    outbox.withdrawn(mark);
    Entry entry = entries().get(mark);
    if (entry == null || entry.told() == null) {
      entries().remove(mark);
    } else {
      entries().put(mark, new Entry(mark, entry.told(), null));
    }
  }

  /** As the reconciler is told. */
  private TareException told(WebhookException e) {
    String message = String.valueOf(e.getMessage());
    if (!e.retryHelps()) {
      TareException failure = new TareException(FailureKind.ENVIRONMENT, message, e.hint(), e);
      if (e.fate() != Fate.REFUSED) {
        ended = failure; // It takes no other either.
      }
      return failure;
    }
    failures++;
    Duration wait = e.retryAfter().orElse(failures >= MOST_FAILURES ? PAUSE : null);
    TicketUnavailableException failure = new TicketUnavailableException(message, wait, e);
    if (wait != null) {
      ended = failure;
    }
    return failure;
  }

  private String action(String mark) {
    return "tell " + Webhook.host(hook.address()) + " of ticket " + mark;
  }

  /** It has no address of its own. */
  private static String location(String mark) {
    return "webhook:" + mark;
  }

  @Override
  public void close() {
    sender.close();
  }
}
