package dev.tare.ticket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a tracker that cannot be asked: each ticket as it was told last, and what
 * may not have been told yet. Tickets go by their {@linkplain TicketKey#mark mark}. Each call is on
 * disk when it returns.
 */
public interface TicketOutbox {
  /**
   * A ticket.
   *
   * @param told as it was told last; null where nothing was
   * @param message that may not have been taken; null for none
   */
  record Entry(String mark, @Nullable String told, @Nullable Message message) {}

  /**
   * What is to be told.
   *
   * @param id the same however often it is sent
   * @param body as it is sent
   * @param ticket as it is told once the message is taken
   */
  record Message(String id, String body, String ticket) {}

  /** All tickets, by mark. */
  List<Entry> outbox();

  /** A message is about to be sent; there is no other for this ticket. */
  void sending(String mark, Message message);

  /** The message was taken. */
  void taken(String mark);

  /** The message was not taken, and is not to be sent again. */
  void withdrawn(String mark);
}
