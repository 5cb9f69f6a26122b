package dev.tare.report;

import dev.tare.finding.Comparison;
import dev.tare.finding.ImageHistory;
import dev.tare.finding.PastRun;
import dev.tare.finding.ReportedBase;
import dev.tare.finding.ReportedTickets;
import dev.tare.finding.RunResults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells.
 *
 * @param results of the run
 * @param since what changed since an earlier run, null where there is none to compare with
 * @param history the runs of the same targets up to this one, oldest first
 * @param images what some of those said of single images
 * @param tickets beside the report, null where none are kept there
 * @param bases what the images stand on, beside smaller ones
 */
public record ReportInput(
    RunResults results,
    @Nullable Comparison since,
    List<PastRun> history,
    ImageHistory images,
    @Nullable ReportedTickets tickets,
    List<ReportedBase> bases) {
  /** Copies the lists. */
  public ReportInput {
    history = List.copyOf(history);
    bases = List.copyOf(bases);
  }

  /** A run without a past, without tickets, of whose bases nothing is known. */
  public static ReportInput of(RunResults results) {
    return new ReportInput(results, null, List.of(), ImageHistory.NONE, null);
  }

  /** A run of whose bases nothing is known. */
  public ReportInput(
      RunResults results,
      @Nullable Comparison since,
      List<PastRun> history,
      ImageHistory images,
      @Nullable ReportedTickets tickets) {
    this(results, since, history, images, tickets, List.of());
  }

  /** The same beside these tickets. */
  public ReportInput with(@Nullable ReportedTickets beside) {
    return new ReportInput(results, since, history, images, beside, bases);
  }

  /** The same on these bases. */
  public ReportInput on(List<ReportedBase> measured) {
    return new ReportInput(results, since, history, images, tickets, measured);
  }
}
