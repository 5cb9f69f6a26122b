package dev.tare.ticket;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a ticket waits for somebody. */
public enum TicketState {
  /** Something fails. */
  OPEN,
  /** Nothing failed when it was last looked at. */
  CLOSED;

  /** The word in documents: {@code open}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of this word. */
  public static Optional<TicketState> ofWord(String word) {
    return Arrays.stream(values()).filter(state -> state.word().equals(word)).findAny();
  }
}
