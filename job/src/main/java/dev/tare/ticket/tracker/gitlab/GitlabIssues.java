package dev.tare.ticket.tracker.gitlab;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.UncertainException;
import dev.tare.ticket.tracker.web.Answer;
import dev.tare.ticket.tracker.web.IssueRequests;
import dev.tare.ticket.tracker.web.TrackerClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues of a project in GitLab, also self-managed, at any depth of groups. An issue is called by
 * its number in the project ({@code iid}).
 *
 * @see <a href="https://docs.gitlab.com/api/issues/">Issues API</a>
 * @see <a href="https://docs.gitlab.com/user/project/quick_actions/">Quick actions</a>
 */
public final class GitlabIssues implements Issues {
  /** Descriptions may be long: so many of the longest fit into the longest answer that is read. */
  private static final String PAGE = "per_page=40";

  /**
   * GitLab takes 1,048,576 bytes of description and 1,000,000 characters of comment: leaves room
   * for characters of more than a byte, and for spaces before slashes.
   */
  private static final int LONGEST_BODY = 900_000;

  /** Where it begins a line it may be a command, in code too: GitLab parts code in its own way. */
  private static final Pattern SLASH = Pattern.compile("(?m)^( *)/");

  private static final Pattern SLASH_BEHIND_A_SPACE = Pattern.compile("(?m)^( *) /");

  private final TicketServer server;
  private final TrackerClient client;
  private final Set<String> labels = new HashSet<>();

  /** Of this project. */
  public GitlabIssues(TicketServer server) {
    this.server = server;
    this.client =
        new TrackerClient(
            server,
            api(server),
            "Bearer " + server.token(),
            Map.of("Accept", "application/json"),
            Duration.ZERO);
  }

  /** The project's address in the API: its whole path is one name. */
  private static String api(TicketServer server) {
    URI project = URI.create(server.project());
    return project.getScheme()
        + "://"
        + project.getRawAuthority()
        + "/api/v4/projects/"
        + path(project).replace("/", "%2F");
  }

  /** {@code group/subgroup/project}. */
  private static String path(URI project) {
    return project.getRawPath().substring(1);
  }

  @Override
  public String tracker() {
    return "gitlab";
  }

  @Override
  public String project() {
    return server.project();
  }

  @Override
  public String page() {
    return server.project() + "/-/issues/";
  }

  @Override
  public int longestBody() {
    return LONGEST_BODY;
  }

  @Override
  public void check() {
    String action = "read project " + server;
    JsonNode project = client.require(action, client.get(action, "")).body();
    String path = path(URI.create(server.project()));
    String full = project.path("path_with_namespace").asString(path);
    String why =
        !full.equalsIgnoreCase(path)
            ? "it is " + full + " now"
            : project.path("issues_access_level").asString("").equals("disabled")
                ? "its issues are turned off"
                : project.path("archived").asBoolean(false) ? "it is archived" : null;
    if (why != null) {
      throw new TareException(
          FailureKind.ENVIRONMENT, action + ": " + why, "Name another with --tickets-project.");
    }
  }

  /** The oldest first, so that those that come meanwhile move no page. */
  @Override
  public List<Issue> marked(String label) {
    List<Issue> issues = new ArrayList<>();
    String query = "/issues?state=all&order_by=created_at&sort=asc&labels=" + label;
    for (JsonNode node : client.pages("list issues of " + server, query, PAGE)) {
      Issue issue = issue(node);
      if (issue.labels().contains(label)) {
        issues.add(issue);
      }
    }
    return issues;
  }

  /** One that was moved stays where it was, closed, and says where it is now. */
  @Override
  public Lookup find(long number) {
    String action = "read issue " + number + " of " + server;
    Answer answer = client.get(action, "/issues/" + number);
    if (answer.isMissing()) {
      return new Lookup.Gone();
    }
    if (answer.isRedirect()) {
      return new Lookup.Moved();
    }
    JsonNode node = client.require(action, answer).body();
    return node.path("moved_to_id").isNumber() ? new Lookup.Moved() : new Lookup.Found(issue(node));
  }

  @Override
  public void requireLabels(Set<String> names) {
    for (String name : names) {
      if (labels.contains(name)) {
        continue;
      }
      if (client.get("read label " + name + " of " + server, "/labels/" + name).isMissing()) {
        String action = "create label " + name + " in " + server;
        Answer answer =
            client.add(
                action,
                "/labels",
                object()
                    .put("name", name)
                    .put("color", "#6b7280")
                    .put("description", IssueRequests.aboutLabel(name)));
        if (answer.status() != 409) { // Else somebody was faster.
          client.require(action, answer);
        }
      }
      labels.add(name);
    }
  }

  @Override
  public Issue create(String title, String body, Set<String> names) {
    String action = "create issue in " + server;
    ObjectNode node =
        object().put("title", title).put("description", safe(body)).put("labels", joined(names));
    Answer answer = client.require(action, client.add(action, "/issues", node));
    if (!answer.body().path("iid").isIntegralNumber()) {
      throw new UncertainException(
          action + ": " + answer.status() + " without the number of the new issue", null, null);
    }
    return issue(answer.body());
  }

  /** Opens or closes it only where it is not so already. */
  @Override
  public void edit(long number, String title, String body, boolean open) {
    String action = "change issue " + number + " of " + server;
    ObjectNode node = object().put("title", title).put("description", safe(body));
    Answer now = client.get(action, "/issues/" + number);
    if (issue(client.require(action, now).body()).open() != open) {
      node.put("state_event", open ? "reopen" : "close");
    }
    change(action, number, node);
  }

  @Override
  public void label(long number, Set<String> names) {
    change(
        "label issue " + number + " of " + server,
        number,
        object().put("add_labels", joined(names)));
  }

  @Override
  public void unlabel(long number, String label) {
    change(
        "take a label from issue " + number + " of " + server,
        number,
        object().put("remove_labels", label));
  }

  private void change(String action, long number, ObjectNode node) {
    client.require(action, client.set(action, "PUT", "/issues/" + number, node));
  }

  /** Without those that GitLab writes itself, of each change. */
  @Override
  public List<String> comments(long number) {
    return client
        .pages(
            "read comments on issue " + number + " of " + server,
            "/issues/" + number + "/notes?order_by=created_at&sort=asc",
            PAGE)
        .stream()
        .filter(note -> !note.path("system").asBoolean(false))
        .map(note -> meant(note.path("body")))
        .toList();
  }

  @Override
  public void comment(long number, String text) {
    String action = "comment on issue " + number + " of " + server;
    client.require(
        action,
        client.add(action, "/issues/" + number + "/notes", object().put("body", safe(text))));
  }

  private static Issue issue(JsonNode node) {
    Set<String> labels = new HashSet<>();
    node.path("labels").forEach(label -> labels.add(label.asString("")));
    return new Issue(
        node.path("iid").longValue(),
        meant(node.path("description")),
        !node.path("state").asString("").equals("closed"),
        IssueRequests.instant(node.path("closed_at").asString("")),
        labels);
  }

  private static String safe(String text) {
    return SLASH.matcher(text).replaceAll("$1 /");
  }

  /** The text that {@link #safe} made this of. */
  private static String meant(JsonNode text) {
    return SLASH_BEHIND_A_SPACE.matcher(text.asString("")).replaceAll("$1/");
  }

  private static String joined(Set<String> names) {
    return String.join(",", new TreeSet<>(names));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    client.close();
  }
}
