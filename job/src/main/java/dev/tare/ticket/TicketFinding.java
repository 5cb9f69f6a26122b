package dev.tare.ticket;

import dev.tare.finding.Severity;
import java.util.List;

/**
 * A failed rule as a ticket remembers it.
 *
 * @param fingerprint the same on every build and platform
 * @param images positions in {@link TicketRecord#images()}
 * @param bases what brings it, where that was judged too and has a ticket which says so; none where
 *     it is the line's own, or nobody's that is known
 */
public record TicketFinding(
    String fingerprint,
    String rule,
    Severity severity,
    List<Integer> images,
    List<TicketKey> bases) {
  /** Copies the lists. */
  public TicketFinding {
    images = List.copyOf(images);
    bases = List.copyOf(bases);
  }

  /** Whether a base has the ticket that ends it. */
  public boolean inherited() {
    return !bases.isEmpty();
  }

  /** The same on these images. */
  TicketFinding on(List<Integer> positions) {
    return new TicketFinding(fingerprint, rule, severity, positions, bases);
  }
}
