package dev.tare.ticket;

import dev.tare.finding.Severity;

/**
 * What deserves a ticket.
 *
 * @param minimum findings below it open no ticket and keep none open
 * @param maximumNew tickets that one run creates; the others are listed and wait for the next run
 * @param allowClosing whether as many close as would, also where no image of them complies now
 */
public record TicketOptions(Severity minimum, int maximumNew, boolean allowClosing) {
  /** From {@code low}, fifty new ones a run, and only so many close at once. */
  public static final TicketOptions DEFAULT = new TicketOptions(Severity.LOW, 50, false);

  /** Checks the number. */
  public TicketOptions {
    if (maximumNew < 0) {
      throw new IllegalArgumentException(
          "new tickets per run: expected 0 or more, found " + maximumNew);
    }
  }

  /** The default, about findings of this severity and above; never about notes. */
  public static TicketOptions from(Severity least) {
    return least.compareTo(DEFAULT.minimum()) <= 0
        ? DEFAULT
        : new TicketOptions(least, DEFAULT.maximumNew(), DEFAULT.allowClosing());
  }

  /**
   * What judges the lines of a run: what judged the run, and from which severity on. A ticket that
   * has nothing left because of that is not fixed.
   */
  String judging(String run) {
    return minimum == DEFAULT.minimum() ? run : run + " from " + minimum.word();
  }

  /** The same, and as many close as would. */
  public TicketOptions allowingClosing() {
    return new TicketOptions(minimum, maximumNew, true);
  }
}
