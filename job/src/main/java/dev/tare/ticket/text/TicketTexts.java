package dev.tare.ticket.text;

import dev.tare.finding.ReportedBase;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunResults;
import dev.tare.finding.Severity;
import dev.tare.plan.ComparedBases;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketChange;
import dev.tare.ticket.TicketFinding;
import dev.tare.ticket.TicketKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes the texts of the tickets that a run changes, reading its images twice more. A ticket is
 * ready when the last image of its line has passed, so that a run that is ordered by repository
 * holds the details of one repository at a time.
 */
public final class TicketTexts {
  private final RunResults results;
  private final Severity minimum;
  private final Supplier<List<ReportedBase>> bases;

  /**
   * Texts about a run.
   *
   * @param bases what its images stand on, beside smaller images; asked for once something is
   *     written
   */
  public TicketTexts(RunResults results, Severity minimum, Supplier<List<ReportedBase>> bases) {
    this.results = results;
    this.minimum = minimum;
    this.bases = bases;
  }

  /** Hands over each ticket as soon as its text is complete. */
  public void write(Collection<TicketChange> changes, BiConsumer<TicketChange, Ticket> consumer) {
    Map<String, RuleDoc> rules =
        results.rules().stream()
            .collect(Collectors.toMap(RuleDoc::id, Function.identity(), (first, second) -> first));
    TicketBody body = new TicketBody(results.run(), rules);
    ComparedBases compared = new ComparedBases(bases.get());
    results.forEachVerdict(compared::add);
    Map<TicketKey, TicketChange> waiting = new HashMap<>();
    for (TicketChange change : changes) {
      if (change.images() == 0) {
        consumer.accept(change, body.ticket(change, detail(change, rules, compared)));
      } else {
        waiting.put(change.key(), change);
      }
    }
    if (waiting.isEmpty()) {
      return;
    }
    Map<TicketKey, LineDetail> details = new HashMap<>();
    results.forEachImage(image -> {
      TicketKey key = TicketKey.of(image);
      TicketChange change = waiting.get(key);
      if (change == null) {
        return;
      }
      LineDetail detail = details.computeIfAbsent(key, any -> detail(change, rules, compared));
      detail.add(image);
      if (detail.images() == change.images()) {
        waiting.remove(key);
        details.remove(key);
        consumer.accept(change, body.ticket(change, detail));
      }
    });
    if (!waiting.isEmpty()) {
      throw new IllegalStateException(
          "results of run "
              + results.run().id()
              + ": the images of "
              + waiting.size()
              + " tag lines were not the same when read again");
    }
  }

  private LineDetail detail(
      TicketChange change, Map<String, RuleDoc> rules, ComparedBases compared) {
    Set<String> inherited =
        change.after().findings().stream()
            .filter(TicketFinding::inherited)
            .map(TicketFinding::fingerprint)
            .collect(Collectors.toUnmodifiableSet());
    return new LineDetail(minimum, rules.values(), compared, inherited);
  }
}
