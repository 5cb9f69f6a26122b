package dev.tare.ticket.tracker.jira;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.BasicHeader;
import dev.tare.ticket.TicketServer;
import dev.tare.ticket.tracker.issue.BodyParts;
import dev.tare.ticket.tracker.issue.Issue;
import dev.tare.ticket.tracker.issue.Issues;
import dev.tare.ticket.tracker.issue.Lookup;
import dev.tare.ticket.tracker.issue.RefusedException;
import dev.tare.ticket.tracker.issue.UncertainException;
import dev.tare.ticket.tracker.web.Answer;
import dev.tare.ticket.tracker.web.TrackerClient;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues of a project in Jira, Cloud or Data Center. What programs read of a ticket is an issue
 * property, which nobody sees; the state is the category of its status, changed by a transition.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/rest/v3/">Cloud</a>
 * @see <a href="https://developer.atlassian.com/server/jira/platform/rest/">Data Center</a>
 */
public final class JiraIssues implements Issues {
  private static final String PROPERTY = "tare.ticket";
  private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9_]{1,254}");
  private static final Pattern PLACE = Pattern.compile("browse|projects");
  private static final Pattern CHANGE = Pattern.compile("<!-- (tare:change [0-9a-f]+) -->\\s*$");

  private static final String FIELDS = "description,labels,status,resolutiondate";

  /** What a search makes consistent at once. */
  private static final int RECONCILED = 50;

  private static final int PAGE = 100;
  private static final int MOST_PAGES = 2_000;

  /** {@code 2026-11-21T02:00:00.000+0000}. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

  private final TrackerClient client;
  private final String key;
  private final String root;
  private @Nullable Boolean cloud;
  private @Nullable String type;

  /**
   * Of this project.
   *
   * @throws TareException USAGE where its address is none of a project in Jira
   */
  public JiraIssues(TicketServer server) {
    if (!PLACE.matcher(server.owner()).matches() || !KEY.matcher(server.name()).matches()) {
      throw new TareException(
          FailureKind.USAGE,
          "the address of the tickets' project cannot be used: expected browse/KEY at its end",
          "For example --tickets-project https://acme.atlassian.net/browse/OPS.");
    }
    this.key = server.name();
    // Pages of a site in the cloud are below different paths, its API is not.
    this.root =
        server.root().getHost().endsWith(".atlassian.net")
            ? server.root().getScheme() + "://" + server.root().getRawAuthority()
            : server.root().toString();
    this.client =
        new TrackerClient(
            server,
            root + "/rest/api",
            authorization(server.token()),
            Map.of("Accept", "application/json", "X-Atlassian-Token", "no-check"),
            Duration.ZERO);
  }

  /** With a colon it is an account of the cloud with its token, else one of Data Center. */
  private static String authorization(String token) {
    return token.contains(":") ? BasicHeader.of(token) : "Bearer " + token;
  }

  @Override
  public String tracker() {
    return "jira";
  }

  @Override
  public String project() {
    return root + "/browse/" + key;
  }

  @Override
  public String page() {
    return root + "/browse/" + key + "-";
  }

  @Override
  public int longestBody() {
    return JiraText.LONGEST;
  }

  private boolean isCloud() {
    Boolean known = cloud;
    if (known == null) {
      String action = "read version of " + root;
      known =
          client
              .require(action, client.get(action, "/2/serverInfo"))
              .body()
              .path("deploymentType")
              .asString("")
              .equalsIgnoreCase("Cloud");
      cloud = known;
    }
    return known;
  }

  private String path(String path) {
    return (isCloud() ? "/3" : "/2") + path;
  }

  private JiraText text() {
    return isCloud() ? new AdfText() : new WikiText();
  }

  @Override
  public void check() {
    String action = "read project " + project();
    JsonNode project = client.require(action, client.get(action, path("/project/" + key))).body();
    String now = project.path("key").asString(key);
    String why =
        !now.equals(key)
            ? "it is " + now + " now"
            : project.path("archived").asBoolean(false) ? "it is archived" : null;
    if (why != null) {
      throw new TareException(
          FailureKind.ENVIRONMENT, action + ": " + why, "Name another with --tickets-project.");
    }
  }

  /**
   * Searched for by label, as Jira has no other list. Which there are may be out of date by as much
   * as a minute; what is in them is not: in the cloud it is asked for with {@code reconcileIssues},
   * elsewhere one by one.
   */
  @Override
  public List<Issue> marked(String label) {
    String jql = "project = \"" + key + "\" AND labels = \"" + label + "\"";
    List<Issue> issues = new ArrayList<>();
    if (isCloud()) {
      List<JsonNode> found = searched(jql + " ORDER BY created ASC", List.of());
      for (int at = 0; at < found.size(); at += RECONCILED) {
        issues.addAll(reconciled(jql, found.subList(at, Math.min(at + RECONCILED, found.size()))));
      }
    } else {
      issues.addAll(oneByOne(listed(jql + " ORDER BY created ASC")));
    }
    issues.removeIf(issue -> !issue.labels().contains(label));
    return issues;
  }

  /** A search that names one that was deleted meanwhile is refused. */
  private List<Issue> reconciled(String jql, List<JsonNode> found) {
    List<Long> ids = found.stream().map(node -> node.path("id").asLong()).toList();
    String list = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    List<JsonNode> now;
    try {
      now = searched(jql + " AND id in (" + list + ")", ids);
    } catch (RefusedException e) {
      return oneByOne(found);
    }
    List<Issue> issues = new ArrayList<>();
    for (JsonNode node : now) {
      Matcher number = ours(node.path("key").asString(""));
      if (number.matches()) {
        issues.add(issue(Long.parseLong(number.group(1)), node));
      }
    }
    return issues;
  }

  private List<Issue> oneByOne(List<JsonNode> found) {
    List<Issue> issues = new ArrayList<>();
    for (JsonNode node : found) {
      Matcher number = ours(node.path("key").asString(""));
      if (number.matches()
          && find(Long.parseLong(number.group(1))) instanceof Lookup.Found(Issue issue)) {
        issues.add(issue);
      }
    }
    return issues;
  }

  private Matcher ours(String issueKey) {
    return Pattern.compile(Pattern.quote(key) + "-(\\d{1,18})").matcher(issueKey);
  }

  /**
   * All pages of a search in the cloud.
   *
   * @param reconciled whose fields are wanted, as they are now; none for which there are
   */
  private List<JsonNode> searched(String jql, List<Long> reconciled) {
    String action = "list issues of " + project();
    List<JsonNode> found = new ArrayList<>();
    String token = null;
    for (int page = 0; page < MOST_PAGES; page++) {
      ObjectNode query = object().put("jql", jql);
      query.put("maxResults", reconciled.isEmpty() ? PAGE : RECONCILED);
      ArrayNode fields = query.putArray("fields");
      if (reconciled.isEmpty()) {
        fields.add("labels");
      } else {
        List.of(FIELDS.split(",", -1)).forEach(fields::add);
        query.putArray("properties").add(PROPERTY);
        reconciled.forEach(query.putArray("reconcileIssues")::add);
      }
      if (token != null) {
        query.put("nextPageToken", token);
      }
      Answer answer = client.set(action, "POST", "/3/search/jql", query);
      JsonNode body = client.require(action, answer).body();
      requireList(action, answer, body.path("issues"));
      body.path("issues").forEach(found::add);
      token = body.path("nextPageToken").isString() ? body.path("nextPageToken").asString() : null;
      if (token == null) {
        return found;
      }
    }
    throw tooMany(action);
  }

  /** All pages of a search in Data Center. */
  private List<JsonNode> listed(String jql) {
    String action = "list issues of " + project();
    List<JsonNode> found = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      ObjectNode query = object().put("jql", jql).put("startAt", found.size());
      query.put("maxResults", PAGE).putArray("fields").add("labels");
      Answer answer = client.set(action, "POST", "/2/search", query);
      JsonNode body = client.require(action, answer).body();
      requireList(action, answer, body.path("issues"));
      body.path("issues").forEach(found::add);
      if (body.path("issues").isEmpty() || found.size() >= body.path("total").asInt(0)) {
        return found;
      }
    }
    throw tooMany(action);
  }

  private static void requireList(String action, Answer answer, JsonNode list) {
    if (!list.isArray()) {
      throw new TareException(
          FailureKind.BAD_CONTENT, action + ": " + answer.status() + ", expected a list");
    }
  }

  private static TareException tooMany(String action) {
    return new TareException(
        FailureKind.LIMIT, action + ": more than " + MOST_PAGES + " pages, the last was not empty");
  }

  /** One that was moved is found by its old key, and has another. */
  @Override
  public Lookup find(long number) {
    String action = "read issue " + page() + number;
    Answer answer =
        client.get(action, issuePath(number) + "?fields=" + FIELDS + "&properties=" + PROPERTY);
    if (answer.isMissing()) {
      return new Lookup.Gone();
    }
    JsonNode node = client.require(action, answer).body();
    return node.path("key").asString("").equals(key + "-" + number)
        ? new Lookup.Found(issue(number, node))
        : new Lookup.Moved();
  }

  private String issuePath(long number) {
    return path("/issue/" + key + "-" + number);
  }

  /** Labels are words here: nobody creates them. */
  @Override
  public void requireLabels(Set<String> labels) {}

  @Override
  public Issue create(String title, String body, Set<String> labels) {
    String action = "create issue in " + project();
    ObjectNode fields = fields(title, body);
    fields.putObject("project").put("key", key);
    fields.putObject("issuetype").put("id", type());
    labels.stream().sorted().forEach(fields.putArray("labels")::add);
    Answer answer =
        client.require(action, client.add(action, path("/issue"), update(fields, body)));
    Matcher number = ours(answer.body().path("key").asString(""));
    if (!number.matches()) {
      throw new UncertainException(
          action + ": " + answer.status() + " without the key of the new issue", null, null);
    }
    // A label that its screen does not have is refused, not left out.
    return new Issue(Long.parseLong(number.group(1)), body, true, null, labels);
  }

  private ObjectNode fields(String title, String body) {
    BodyParts parts = parts(body);
    ObjectNode fields = object().put("summary", title);
    fields.set("description", text().description(parts.text(), parts.notes()));
    return fields;
  }

  private static BodyParts parts(String body) {
    BodyParts parts = BodyParts.of(body);
    if (parts == null) {
      throw new IllegalArgumentException("expected the body of a ticket");
    }
    return parts.notes().isBlank() ? new BodyParts(parts.text(), parts.code(), "") : parts;
  }

  private ObjectNode update(ObjectNode fields, String body) {
    ObjectNode node = object();
    node.set("fields", fields);
    ObjectNode property = node.putArray("properties").addObject().put("key", PROPERTY);
    property.putObject("value").put("record", parts(body).code());
    return node;
  }

  /** A task, where the project has such, else whatever else is no part of another issue. */
  private String type() {
    String known = type;
    if (known == null) {
      String action = "read types of issues of " + project();
      Answer answer =
          client.require(
              action,
              client.get(
                  action, path("/issue/createmeta/" + key + "/issuetypes?maxResults=" + PAGE)));
      JsonNode types = answer.body().path(isCloud() ? "issueTypes" : "values");
      for (JsonNode node : types) {
        boolean task = node.path("name").asString("").equalsIgnoreCase("Task");
        if (!node.path("subtask").asBoolean(false) && (known == null || task)) {
          known = node.path("id").asString("");
        }
      }
      if (known == null || known.isEmpty()) {
        throw new RefusedException(
            action + ": there is none", "The token's account may create no issue in " + key + ".");
      }
      type = known;
    }
    return known;
  }

  /**
   * The state first: a process that ends in between leaves an issue that has the new state and the
   * old text, which the next run changes; the other way round it would look like one whose state
   * people have changed.
   */
  @Override
  public void edit(long number, String title, String body, boolean open) {
    String action = "change issue " + page() + number;
    JsonNode now =
        client.require(action, client.get(action, issuePath(number) + "?fields=status")).body();
    if (isOpen(now) != open) {
      move(number, open);
    }
    client.require(
        action, client.set(action, "PUT", issuePath(number), update(fields(title, body), body)));
  }

  private void move(long number, boolean open) {
    String action = (open ? "reopen issue " : "close issue ") + page() + number;
    Answer all = client.get(action, issuePath(number) + "/transitions?expand=transitions.fields");
    JsonNode best = null;
    for (JsonNode transition : client.require(action, all).body().path("transitions")) {
      String category = category(transition.path("to"));
      if (category.equals("done") == open || !isPossible(transition)) {
        continue;
      }
      if (best == null || (category.equals("new") && !category(best.path("to")).equals("new"))) {
        best = transition;
      }
    }
    if (best == null) {
      throw new RefusedException(
          action + ": no transition leads to a status that is " + (open ? "open" : "done"),
          "Give the workflow one that the token's account may take without filling in fields.");
    }
    ObjectNode node = object();
    node.putObject("transition").put("id", best.path("id").asString(""));
    String resolution = resolution(best);
    if (resolution != null) {
      node.putObject("fields").putObject("resolution").put("name", resolution);
    }
    client.require(action, client.add(action, issuePath(number) + "/transitions", node));
  }

  /** Whether it wants nothing that nobody knows here. */
  private static boolean isPossible(JsonNode transition) {
    for (Map.Entry<String, JsonNode> field : transition.path("fields").properties()) {
      if (field.getValue().path("required").asBoolean(false)
          && !field.getValue().path("hasDefaultValue").asBoolean(false)
          && !(field.getKey().equals("resolution") && resolution(transition) != null)) {
        return false;
      }
    }
    return true;
  }

  /** What to say of how it was resolved, where that is wanted. */
  private static @Nullable String resolution(JsonNode transition) {
    JsonNode field = transition.path("fields").path("resolution");
    if (!field.path("required").asBoolean(false)) {
      return null;
    }
    String first = null;
    for (JsonNode value : field.path("allowedValues")) {
      String name = value.path("name").asString("");
      if (name.equalsIgnoreCase("Done") || name.equalsIgnoreCase("Fixed")) {
        return name;
      }
      first = first == null ? name : first;
    }
    return first;
  }

  @Override
  public void label(long number, Set<String> labels) {
    ArrayNode changes = JsonNodeFactory.instance.arrayNode();
    labels.stream().sorted().forEach(label -> changes.addObject().put("add", label));
    relabel("label issue ", number, changes);
  }

  @Override
  public void unlabel(long number, String label) {
    ArrayNode changes = JsonNodeFactory.instance.arrayNode();
    changes.addObject().put("remove", label);
    relabel("take a label from issue ", number, changes);
  }

  private void relabel(String what, long number, ArrayNode changes) {
    String action = what + page() + number;
    ObjectNode node = object();
    node.putObject("update").set("labels", changes);
    client.require(action, client.set(action, "PUT", issuePath(number), node));
  }

  @Override
  public List<String> comments(long number) {
    String action = "read comments on issue " + page() + number;
    List<String> texts = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      Answer answer =
          client.get(
              action,
              issuePath(number) + "/comment?startAt=" + texts.size() + "&maxResults=" + PAGE);
      JsonNode body = client.require(action, answer).body();
      requireList(action, answer, body.path("comments"));
      body.path("comments").forEach(one -> texts.add(text().words(one.path("body"))));
      if (body.path("comments").isEmpty() || texts.size() >= body.path("total").asInt(0)) {
        return texts;
      }
    }
    throw tooMany(action);
  }

  /** What marks the comment is seen here: nothing can be hidden in it. */
  @Override
  public void comment(long number, String markdown) {
    String action = "comment on issue " + page() + number;
    String shown = CHANGE.matcher(markdown).replaceFirst("\n`$1`\n");
    ObjectNode node = object();
    node.set("body", text().comment(shown));
    client.require(action, client.add(action, issuePath(number) + "/comment", node));
  }

  private Issue issue(long number, JsonNode node) {
    JsonNode fields = node.path("fields");
    Set<String> labels = new HashSet<>();
    fields.path("labels").forEach(label -> labels.add(label.asString("")));
    String record = node.path("properties").path(PROPERTY).path("record").asString("");
    String notes = text().notes(fields.path("description"));
    return new Issue(
        number,
        record.isEmpty() ? "" : new BodyParts("", record, notes).body(),
        isOpen(node),
        instant(fields.path("resolutiondate").asString("")),
        labels);
  }

  private static boolean isOpen(JsonNode issue) {
    return !category(issue.path("fields").path("status")).equals("done");
  }

  /** {@code new}, {@code indeterminate} or {@code done}, whatever the status is called. */
  private static String category(JsonNode status) {
    return status.path("statusCategory").path("key").asString("");
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : OffsetDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public void close() {
    client.close();
  }
}
