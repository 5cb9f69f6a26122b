package dev.tare.ticket.tracker.issue;

import java.util.List;
import java.util.Set;

/**
 * The issues of one project: what a tracker has to be able to do. Each call is one or a few
 * requests, and throws a {@link dev.tare.error.TareException} where they fail: a {@link
 * dev.tare.ticket.TicketUnavailableException} where trying again later may help, of which an {@link
 * UncertainException} leaves open whether it was done; a {@link RefusedException} where the tracker
 * says no.
 */
public interface Issues extends AutoCloseable {
  /** The label of every ticket. */
  String LABEL = "tare";

  /** The word after {@code --tickets}: {@code gitea}. */
  String tracker();

  /** The project's address, without a slash at its end: {@code https://git.example.com/a/b}. */
  String project();

  /** The address of an issue's page, in front of its number. */
  default String page() {
    return project() + "/issues/";
  }

  /** The longest body of an issue or comment, in characters. */
  int longestBody();

  /** Throws where the project cannot be read, or has no issues. */
  void check();

  /** All issues with this label, open and closed, in any order; not by searching. */
  List<Issue> marked(String label);

  /** One issue, as it is at this moment. */
  Lookup find(long number);

  /** Creates the labels that are missing. */
  void requireLabels(Set<String> labels);

  /** Creates an issue that is open, with labels that are there. Never sent twice. */
  Issue create(String title, String body, Set<String> labels);

  /** Replaces title, body and state. */
  void edit(long number, String title, String body, boolean open);

  /** Gives an issue labels that are there, besides those it has. */
  void label(long number, Set<String> labels);

  /** Takes a label away from an issue, which may not have it any more. */
  void unlabel(long number, String label);

  /** The texts of all comments on an issue. */
  List<String> comments(long number);

  /** Adds a comment. Never sent twice. */
  void comment(long number, String text);

  @Override
  void close();
}
