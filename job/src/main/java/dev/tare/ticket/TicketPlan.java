package dev.tare.ticket;

import java.util.List;

/**
 * What a run means for the tickets: as a plan, or as what was done.
 *
 * @param actions planned, or done; sorted by key
 * @param unchanged tickets, open or closed, that already say what this run found
 * @param inheriting lines of tags without a ticket that fail by what bases bring, whose tickets
 *     list them
 * @param deferred tickets to open that are over the limit of new tickets per run, worst first
 * @param kept open tickets left alone because this run did not see what they name
 * @param waiting open tickets that would close, were it not for the limit of those that close
 *     though no image of them was changed so that it complies
 * @param unreadable tickets that could not be understood and were left alone
 * @param failures actions that were tried and failed; empty in a plan
 */
public record TicketPlan(
    List<TicketAction> actions,
    int unchanged,
    int inheriting,
    List<TicketAction> deferred,
    List<KeptTicket> kept,
    List<WaitingTicket> waiting,
    List<UnreadableTicket> unreadable,
    List<TicketFailure> failures) {
  /** Copies the lists. */
  public TicketPlan {
    actions = List.copyOf(actions);
    deferred = List.copyOf(deferred);
    kept = List.copyOf(kept);
    waiting = List.copyOf(waiting);
    unreadable = List.copyOf(unreadable);
    failures = List.copyOf(failures);
  }

  /** How many actions are of this kind. */
  public long count(TicketAction.Kind kind) {
    return actions.stream().filter(action -> action.kind() == kind).count();
  }

  /** Whether every ticket says already what this run found, those over the limit aside. */
  public boolean changesNothing() {
    return actions.isEmpty() && failures.isEmpty();
  }
}
