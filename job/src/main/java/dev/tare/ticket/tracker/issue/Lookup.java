package dev.tare.ticket.tracker.issue;

/** What came of asking for an issue by its number. */
public sealed interface Lookup {
  /** It is there. */
  record Found(Issue issue) implements Lookup {}

  /** It was deleted. */
  record Gone() implements Lookup {}

  /** It is in another project now. */
  record Moved() implements Lookup {}
}
