package dev.tare.batch;

import dev.tare.finding.Comparison;
import dev.tare.finding.RunResults;
import dev.tare.plan.Plan;
import dev.tare.ticket.TicketPlan;
import dev.tare.vulnerability.FeedUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan or a judgement came to.
 *
 * @param results of the run
 * @param resumed whether an interrupted run was continued
 * @param tickets what became of tickets, or null where none were asked for
 * @param inflaters what inflated the layers that this run read, sorted; empty where it read none
 * @param since what changed since the run before; null where there is none
 * @param plan what to do first; null where an interrupted call had written the reports
 * @param feeds what became of the feeds that it tried to bring up to date; null where it did not
 *     try, or an interrupted call had
 * @param unusedResults results of other scanners that are about none of its images, a line each
 */
public record RunOutcome(
    RunResults results,
    boolean resumed,
    @Nullable TicketPlan tickets,
    List<String> inflaters,
    @Nullable Comparison since,
    @Nullable Plan plan,
    @Nullable FeedUpdate feeds,
    List<String> unusedResults) {
  /** Copies the list. */
  public RunOutcome {
    unusedResults = List.copyOf(unusedResults);
  }
}
