package dev.tare.ticket;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a tracker that others write in too, so that a process that ends at any
 * moment leaves no ticket twice and no comment unsent. Tickets go by their {@linkplain
 * TicketKey#mark mark}. Each call is on disk when it returns.
 */
public interface TicketJournal {
  /**
   * A ticket that is there, or that somebody was about to create.
   *
   * @param intendedAt when it was about to be created
   * @param location null as long as it is not known whether it was
   */
  record Entry(String mark, Instant intendedAt, @Nullable String location) {}

  /**
   * A comment on a change of a ticket that is about to be written, or was.
   *
   * @param change the digest of what the ticket holds after the change
   */
  record Comment(String change, String location, String text) {}

  List<Entry> entries();

  /** It is about to be created; the time of an earlier entry gives way. */
  void intend(String mark, Instant now);

  /** It is there. */
  void found(String mark, String location);

  /** It is not there. */
  void forget(String mark);

  /** How many were about to be created after this time. */
  int intendedSince(Instant since);

  /** Comments that may not have been sent. */
  List<Comment> comments();

  /** It is about to be sent. */
  void comment(Comment comment);

  /** It was sent, or is not to be. */
  void commented(String change);
}
