package dev.tare.ticket;

import dev.tare.finding.Severity;
import java.util.List;

/**
 * A failed rule as a ticket remembers it.
 *
 * @param fingerprint the same on every build and platform
 * @param images positions in {@link TicketRecord#images()}
 */
public record TicketFinding(
    String fingerprint, String rule, Severity severity, List<Integer> images) {
  /** Copies the positions. */
  public TicketFinding {
    images = List.copyOf(images);
  }
}
