package dev.tare.ticket;

import dev.tare.finding.Severity;

/**
 * What deserves a ticket.
 *
 * @param minimum findings below it open no ticket and keep none open
 * @param maximumNew tickets that one run creates; the others are listed and wait for the next run
 * @param narrowed whether the run left out part of its targets by a filter ({@code --include},
 *     {@code --exclude}, {@code --platform}): then an image that is missing in the results says
 *     nothing
 */
public record TicketOptions(Severity minimum, int maximumNew, boolean narrowed) {
  /** From {@code low}, fifty new ones a run, no filter. */
  public static final TicketOptions DEFAULT = new TicketOptions(Severity.LOW, 50, false);

  /** Checks the number. */
  public TicketOptions {
    if (maximumNew < 0) {
      throw new IllegalArgumentException(
          "new tickets per run: expected 0 or more, found " + maximumNew);
    }
  }
}
