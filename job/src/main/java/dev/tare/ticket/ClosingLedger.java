package dev.tare.ticket;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What is remembered of a tracker's tickets between runs, so that not too many close at once. */
public interface ClosingLedger {
  /**
   * How a line of tags failed last.
   *
   * @param judging digest of what judged it
   * @param at end of the run
   */
  record Failed(String judging, Instant at) {}

  /** How many tickets of these registries closed under the limit after this time. */
  int closedSince(Instant since, Set<String> registries);

  /** Counts a ticket that is about to close under the limit; the same one of a run once. */
  void closing(TicketKey key, String runId, Instant now);

  /** Every line that failed, as it did last. */
  Map<TicketKey, Failed> failed();

  /** Takes down that a line failed. */
  void failed(TicketKey key, Failed failed);
}
