package dev.tare.ticket.tracker.jira;

import tools.jackson.databind.JsonNode;

/**
 * Rich text as a Jira takes it. It is made of a ticket's Markdown, of which nothing but its
 * structure has a meaning: what stands in it as text stands there as text.
 *
 * <p>A description ends with a line that says who keeps what; what people write below it is kept as
 * it is.
 */
interface JiraText {
  /** What Jira takes in a description or a comment, in characters. */
  int LONGEST = 32_767;

  /** The line below which people write. */
  String LINE = "Tare replaces what is above this line and keeps what is below";

  /** Where not everything fits. */
  String CUT = "Too long for Jira: the rest is left out. The report of the run has it.";

  /**
   * A description.
   *
   * @param notes of people, as {@link #notes} gave them
   */
  JsonNode description(String markdown, String notes);

  /** What stands below the line; empty where nothing does, or where there is no line. */
  String notes(JsonNode description);

  /** A comment. */
  JsonNode comment(String markdown);

  /** The words of a comment. */
  String words(JsonNode comment);
}
