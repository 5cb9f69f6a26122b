package dev.tare.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A ledger in memory. */
final class SampleLedger implements ClosingLedger {
  /** One that closed. */
  record Closing(TicketKey key, String runId, Instant at) {}

  private final Map<TicketKey, Failed> failed = new HashMap<>();
  private final List<Closing> closings = new ArrayList<>();

  List<Closing> closings() {
    return closings;
  }

  @Override
  public int closedSince(Instant since, Set<String> registries) {
    return (int)
        closings.stream()
            .filter(closing -> registries.contains(closing.key().registry()))
            .filter(closing -> closing.at().isAfter(since))
            .count();
  }

  @Override
  public void closing(TicketKey key, String runId, Instant now) {
    closings.add(new Closing(key, runId, now));
  }

  @Override
  public Map<TicketKey, Failed> failed() {
    return Map.copyOf(failed);
  }

  @Override
  public void failed(TicketKey key, Failed last) {
    failed.put(key, last);
  }
}
