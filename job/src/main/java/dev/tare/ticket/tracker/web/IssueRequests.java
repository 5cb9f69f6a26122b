package dev.tare.ticket.tracker.web;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.UncertainException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of a repository's issues as GitHub is asked, and those after it. */
public final class IssueRequests {
  private final TicketServer server;
  private final TrackerClient client;

  /**
   * Requests by this client.
   *
   * @param client whose paths begin behind the repository
   */
  public IssueRequests(TicketServer server, TrackerClient client) {
    this.server = server;
    this.client = client;
  }

  /** Throws where the repository cannot be read, is another now, or has no issues. */
  public void check() {
    String action = "read project " + server;
    JsonNode repository = client.require(action, client.get(action, "")).body();
    String full = repository.path("full_name").asString(server.repository());
    String why =
        !full.equalsIgnoreCase(server.repository())
            ? "it is " + full + " now"
            : !repository.path("has_issues").asBoolean(true)
                ? "its issues are turned off"
                : repository.path("archived").asBoolean(false) ? "it is archived" : null;
    if (why != null) {
      throw new TareException(
          FailureKind.ENVIRONMENT, action + ": " + why, "Name another with --tickets-project.");
    }
  }

  /**
   * All issues with a label.
   *
   * @param query that asks for them, without pages
   * @param page asks for the largest page
   */
  public List<Issue> list(String label, String query, String page) {
    List<Issue> issues = new ArrayList<>();
    for (JsonNode node : client.pages("list issues of " + server, "/issues?" + query, page)) {
      Issue issue = issue(node);
      if (isIssue(node) && issue.labels().contains(label)) {
        issues.add(issue);
      }
    }
    return issues;
  }

  /** One issue; where it is at another address, it was moved. */
  public Lookup find(long number) {
    String action = "read issue " + number + " of " + server;
    Answer answer = client.get(action, "/issues/" + number);
    if (answer.isMissing()) {
      return new Lookup.Gone();
    }
    return answer.isRedirect()
        ? new Lookup.Moved()
        : new Lookup.Found(issue(client.require(action, answer).body()));
  }

  /** Creates a label; the answer may be one that refuses it. */
  public Answer createLabel(String action, String name, String colour) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", name).put("color", colour).put("description", aboutLabel(name));
    return client.add(action, "/labels", node);
  }

  /** What to say of a label of this name where all labels are listed. */
  public static String aboutLabel(String name) {
    return name.matches("tare-[0-9a-f]{16}")
        ? "Kept by Tare: says which ticket it is"
        : "Kept by Tare";
  }

  /** Creates an issue. */
  public Issue create(String title, String body, ArrayNode labels) {
    String action = "create issue in " + server;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", title).put("body", body).set("labels", labels);
    Answer answer = client.require(action, client.add(action, "/issues", node));
    if (!isIssue(answer.body())) {
      throw new UncertainException(
          action + ": " + answer.status() + " without the number of the new issue", null, null);
    }
    return issue(answer.body());
  }

  /** Replaces title, body and state. */
  public void edit(long number, String title, String body, boolean open) {
    String action = "change issue " + number + " of " + server;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", title).put("body", body).put("state", open ? "open" : "closed");
    client.require(action, client.set(action, "PATCH", "/issues/" + number, node));
  }

  /** Adds labels. */
  public void label(long number, ArrayNode labels) {
    String action = "label issue " + number + " of " + server;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("labels", labels);
    client.require(action, client.set(action, "POST", "/issues/" + number + "/labels", node));
  }

  /**
   * Takes a label away.
   *
   * @param label as it stands in a path
   */
  public void unlabel(long number, String label) {
    String action = "take a label from issue " + number + " of " + server;
    Answer answer = client.remove(action, "/issues/" + number + "/labels/" + label);
    if (!answer.isMissing()) {
      client.require(action, answer);
    }
  }

  /** Adds a comment. */
  public void comment(long number, String text) {
    String action = "comment on issue " + number + " of " + server;
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("body", text);
    client.require(action, client.add(action, "/issues/" + number + "/comments", node));
  }

  /** A pull request is in the same lists. */
  private static boolean isIssue(JsonNode node) {
    return node.path("number").isIntegralNumber() && !node.path("pull_request").isObject();
  }

  private static Issue issue(JsonNode node) {
    Set<String> labels = new HashSet<>();
    node.path("labels").forEach(label -> labels.add(label.path("name").asString("")));
    return new Issue(
        node.path("number").longValue(),
        node.path("body").asString(""),
        !node.path("state").asString("").equals("closed"),
        instant(node.path("closed_at").asString("")),
        labels);
  }

  /** As APIs write it; null for none, and for what is none. */
  public static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
