package dev.tare.ticket.tracker.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.ticket.TicketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project in Jira on a loopback port, as Atlassian's documentation of Cloud or Data Center shows
 * it, against which each request is held. Its search lags as long as it is told, and in the cloud
 * shows old fields except of issues that are to be reconciled. Lists have pages of two.
 */
public final class JiraStub implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CLOUD_TOKEN = "bot@example.com:t0p-s3cret";
  private static final String TOKEN = "t0p-s3cret";
  private static final int PAGE = 2;
  private static final int LONGEST = 32_767;
  private static final Pattern ISSUE = Pattern.compile("^/issue/OPS-(\\d+)");
  private static final Pattern WANTED = Pattern.compile("labels = \"([^\"]+)\"");
  private static final Pattern IDS = Pattern.compile("id in \\(([\\d, ]+)\\)");

  /** Node of a document to those that it may hold; none for text. */
  private static final Map<String, Set<String>> NODES =
      Map.of(
          "doc", Set.of("paragraph", "heading", "codeBlock", "bulletList", "orderedList", "rule"),
          "paragraph", Set.of("text", "hardBreak"),
          "heading", Set.of("text", "hardBreak"),
          "codeBlock", Set.of("text"),
          "bulletList", Set.of("listItem"),
          "orderedList", Set.of("listItem"),
          "listItem", Set.of("paragraph", "codeBlock", "bulletList", "orderedList"),
          "rule", Set.of(),
          "hardBreak", Set.of());

  private final HttpServer server;
  private final boolean cloud;
  private final String version;
  private final Map<Long, ObjectNode> issues = new TreeMap<>();
  private final Map<Long, ObjectNode> index = new TreeMap<>();
  private final Map<Long, List<JsonNode>> comments = new HashMap<>();
  private final ObjectNode project = JSON.createObjectNode().put("key", "OPS");
  private final ArrayNode transitions = JSON.createArrayNode();
  private final List<String> requests = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final DescribedRequests described;
  private boolean lagging;
  private int failing;
  private int skipped;
  private boolean carriedOut;
  private long last;

  private JiraStub(boolean cloud) throws IOException {
    this.cloud = cloud;
    this.version = cloud ? "/3" : "/2";
    this.described = new DescribedRequests(cloud ? "jira-cloud" : "jira-datacenter", violations);
    transition("11", "To Do", "new");
    transition("21", "In Progress", "indeterminate");
    transition("31", "Done", "done");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public static JiraStub cloud() throws IOException {
    return new JiraStub(true);
  }

  public static JiraStub dataCenter() throws IOException {
    return new JiraStub(false);
  }

  /** Below {@code /jira} in Data Center. */
  public String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + (cloud ? "" : "/jira");
  }

  public TicketServer server() {
    HttpOptions http = HttpOptions.defaults().withRetries(3, Duration.ofMillis(1));
    return TicketServer.of(
        root() + "/browse/OPS", cloud ? CLOUD_TOKEN : TOKEN, http, new StopSignal());
  }

  private ObjectNode transition(String id, String name, String category) {
    ObjectNode transition = transitions.addObject().put("id", id).put("name", name);
    ObjectNode to = transition.putObject("to").put("name", name);
    to.putObject("statusCategory").put("key", category);
    transition.putObject("fields");
    return transition;
  }

  /** A field that the transition with this identifier wants. */
  synchronized ObjectNode wanted(String id, String field) {
    for (JsonNode transition : transitions) {
      if (transition.path("id").asString().equals(id)) {
        ObjectNode fields = (ObjectNode) transition.path("fields");
        return fields.putObject(field).put("required", true).put("hasDefaultValue", false);
      }
    }
    throw new IllegalArgumentException(id);
  }

  synchronized ObjectNode project() {
    return project;
  }

  synchronized ObjectNode issue(long number) {
    return Objects.requireNonNull(issues.get(number), "issue");
  }

  /** Somebody gives it a label. */
  public synchronized void label(long number, String label) {
    issue(number).path("fields").path("labels").asArray().add(label);
    indexed(number);
  }

  /** Whether its status is none of those that are done. */
  public synchronized boolean isOpen(long number) {
    JsonNode status = issue(number).path("fields").path("status");
    return !status.path("statusCategory").path("key").asString("").equals("done");
  }

  public synchronized int size() {
    return issues.size();
  }

  synchronized void delete(long number) {
    issues.remove(number);
  }

  public synchronized List<JsonNode> comments(long number) {
    return List.copyOf(comments.getOrDefault(number, List.of()));
  }

  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Whether what changes from now on is not in the index yet. */
  public synchronized void lagging(boolean now) {
    lagging = now;
    if (!now) {
      index.clear();
      issues.forEach((number, issue) -> index.put(number, issue.deepCopy()));
    }
  }

  /** Answers the next request that changes something with this status. */
  public synchronized void failing(int status, boolean doneAllTheSame) {
    failing(status, doneAllTheSame, 0);
  }

  /** Answers the request that changes something after so many others with this status; 0 none. */
  public synchronized void failing(int status, boolean doneAllTheSame, int after) {
    failing = status;
    carriedOut = doneAllTheSame;
    skipped = after;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      synchronized (this) {
        answer(exchange, body);
      }
    } catch (RuntimeException e) {
      synchronized (this) {
        violations.add(exchange.getRequestURI() + ": " + e);
      }
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    String wanted =
        cloud
            ? "Basic "
                + Base64.getEncoder().encodeToString(CLOUD_TOKEN.getBytes(StandardCharsets.UTF_8))
            : "Bearer " + TOKEN;
    if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      violations.add(method + " " + path + ": without the token");
    }
    String prefix = (cloud ? "" : "/jira") + "/rest/api";
    if (!path.startsWith(prefix)) {
      violations.add(method + " " + path + ": no path of the API");
      send(exchange, 404, JSON.createObjectNode());
      return;
    }
    String inside = path.substring(prefix.length());
    JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    requests.add(method + " " + inside + (body.length == 0 ? "" : " " + json));
    described.check(
        method,
        inside
            .replaceFirst("/issue/OPS-\\d+", "/issue/{n}")
            .replaceFirst("/project/OPS$", "/project/{key}")
            .replaceFirst("/createmeta/OPS/", "/createmeta/{key}/"),
        query,
        json);
    boolean changes = !method.equals("GET") && !inside.contains("/search");
    if (failing != 0 && changes && skipped-- == 0) {
      if (carriedOut) {
        real(method, inside, query, json);
      }
      ObjectNode said = JSON.createObjectNode();
      said.putArray("errorMessages");
      said.putObject("errors").put("summary", "is odd, " + TOKEN + ", " + wanted);
      send(exchange, failing, said);
      failing = 0;
      return;
    }
    Reply reply = real(method, inside, query, json);
    send(exchange, reply.status(), reply.body());
  }

  private record Reply(int status, JsonNode body) {
    static Reply none() {
      return new Reply(204, JSON.createObjectNode());
    }

    static Reply missing() {
      ObjectNode said = JSON.createObjectNode();
      said.putArray("errorMessages").add("Issue does not exist");
      return new Reply(404, said);
    }
  }

  private Reply real(String method, String path, Map<String, String> query, JsonNode json) {
    if (path.equals("/2/serverInfo")) {
      return new Reply(
          200, JSON.createObjectNode().put("deploymentType", cloud ? "Cloud" : "Server"));
    }
    if (!path.startsWith(version)) {
      violations.add(path + ": of another version");
    }
    String inside = path.substring(2);
    if (inside.equals("/project/OPS")) {
      return new Reply(200, project);
    }
    if (inside.endsWith("/issuetypes")) {
      ObjectNode types = JSON.createObjectNode();
      ArrayNode list = types.putArray(cloud ? "issueTypes" : "values");
      list.addObject().put("id", "1").put("name", "Sub-task").put("subtask", true);
      list.addObject().put("id", "2").put("name", "Bug").put("subtask", false);
      list.addObject().put("id", "3").put("name", "Task").put("subtask", false);
      return new Reply(200, types);
    }
    if (inside.startsWith("/search")) {
      return cloud ? searchCloud(json) : searchDataCenter(json);
    }
    if (inside.equals("/issue")) {
      return create(json);
    }
    Matcher number = ISSUE.matcher(inside);
    if (!number.find()) {
      return Reply.missing();
    }
    ObjectNode issue = issues.get(Long.parseLong(number.group(1)));
    return issue == null
        ? Reply.missing()
        : issue(method, inside.substring(number.end()), issue, query, json);
  }

  private Reply issue(
      String method, String what, ObjectNode issue, Map<String, String> query, JsonNode json) {
    long number = issue.path("id").asLong() - 10_000;
    if (what.equals("/transitions")) {
      return method.equals("GET")
          ? new Reply(200, JSON.createObjectNode().set("transitions", transitions))
          : transition(issue, json);
    }
    if (what.equals("/comment")) {
      List<JsonNode> all = comments.computeIfAbsent(number, any -> new ArrayList<>());
      if (method.equals("POST")) {
        checkText(json.path("body"), "comment");
        all.add(json.path("body"));
        return new Reply(201, JSON.createObjectNode().put("id", String.valueOf(all.size())));
      }
      int from = Integer.parseInt(query.getOrDefault("startAt", "0"));
      ObjectNode page = JSON.createObjectNode().put("total", all.size());
      ArrayNode list = page.putArray("comments");
      all.stream().skip(from).limit(PAGE).forEach(text -> list.addObject().set("body", text));
      return new Reply(200, page);
    }
    if (method.equals("GET")) {
      return new Reply(200, issue);
    }
    change(issue, json);
    indexed(number);
    return Reply.none();
  }

  private Reply transition(ObjectNode issue, JsonNode json) {
    for (JsonNode transition : transitions) {
      if (transition.path("id").equals(json.path("transition").path("id"))) {
        for (Map.Entry<String, JsonNode> field : transition.path("fields").properties()) {
          if (field.getValue().path("required").asBoolean()
              && !json.path("fields").has(field.getKey())) {
            return new Reply(400, JSON.createObjectNode());
          }
        }
        ObjectNode fields = (ObjectNode) issue.path("fields");
        fields.set("status", transition.path("to").deepCopy());
        boolean done =
            transition.path("to").path("statusCategory").path("key").asString().equals("done");
        fields.put("resolutiondate", done ? "2026-11-21T02:00:00.000+0000" : null);
        indexed(issue.path("id").asLong() - 10_000);
        return Reply.none();
      }
    }
    return new Reply(400, JSON.createObjectNode());
  }

  private Reply create(JsonNode json) {
    if (!json.path("fields").path("issuetype").path("id").asString("").equals("3")
        || !json.path("fields").path("project").path("key").asString("").equals("OPS")) {
      violations.add("POST /issue: of another project or type: " + json);
    }
    long number = ++last;
    ObjectNode issue = JSON.createObjectNode();
    issue.put("id", String.valueOf(10_000 + number)).put("key", "OPS-" + number);
    ObjectNode fields = issue.putObject("fields");
    fields.putArray("labels");
    fields.putNull("resolutiondate").put("created", Instant.EPOCH.toString());
    fields.set("status", transitions.path(0).path("to").deepCopy());
    issue.putObject("properties");
    issues.put(number, issue);
    change(issue, json);
    fields.set("labels", json.path("fields").path("labels"));
    indexed(number);
    ObjectNode answer = JSON.createObjectNode().put("id", issue.path("id").asString());
    return new Reply(201, answer.put("key", "OPS-" + number));
  }

  private void change(ObjectNode issue, JsonNode json) {
    ObjectNode fields = (ObjectNode) issue.path("fields");
    for (String field : List.of("summary", "description")) {
      if (json.path("fields").has(field)) {
        fields.set(field, json.path("fields").path(field));
      }
    }
    if (json.path("fields").has("summary")) {
      String summary = json.path("fields").path("summary").asString();
      if (summary.length() > 255 || summary.contains("\n")) {
        violations.add("summary " + summary);
      }
      checkText(json.path("fields").path("description"), "description");
    }
    for (JsonNode property : json.path("properties")) {
      if (property.path("value").toString().length() > 32_768) {
        violations.add("property of " + property.path("value").toString().length());
      }
      ((ObjectNode) issue.path("properties"))
          .set(property.path("key").asString(), property.path("value"));
    }
    List<String> labels = new ArrayList<>();
    fields.path("labels").forEach(label -> labels.add(label.asString()));
    for (JsonNode one : json.path("update").path("labels")) {
      if (one.has("add") && !labels.contains(one.path("add").asString())) {
        labels.add(one.path("add").asString());
      }
      labels.remove(one.path("remove").asString(""));
    }
    ArrayNode now = fields.putArray("labels");
    labels.forEach(now::add);
  }

  private void checkText(JsonNode text, String where) {
    String all = cloud ? text.toString() : text.asString("");
    if (all.length() > LONGEST) {
      violations.add(where + " of " + all.length() + " characters");
    }
    if (cloud) {
      if (text.path("version").asInt(0) != 1 || !text.path("type").asString("").equals("doc")) {
        violations.add(where + ": no document");
      }
      checkNode(text, where);
    } else if (!text.isString()) {
      violations.add(where + ": no text");
    }
  }

  private void checkNode(JsonNode node, String where) {
    String type = node.path("type").asString("");
    if (type.equals("text")) {
      if (node.path("text").asString("").isEmpty()) {
        violations.add(where + ": empty text");
      }
      for (JsonNode mark : node.path("marks")) {
        if (!Set.of("code", "strong", "em").contains(mark.path("type").asString(""))) {
          violations.add(where + ": mark " + mark);
        }
      }
      return;
    }
    Set<String> may = NODES.get(type);
    if (may == null) {
      violations.add(where + ": node " + type);
      return;
    }
    for (JsonNode child : node.path("content")) {
      if (!may.contains(child.path("type").asString(""))) {
        violations.add(where + ": " + child.path("type") + " in " + type);
      }
      if (type.equals("codeBlock") && child.has("marks")) {
        violations.add(where + ": marks in code");
      }
      checkNode(child, where);
    }
  }

  private void indexed(long number) {
    if (!lagging) {
      index.put(number, issue(number).deepCopy());
    }
  }

  private List<ObjectNode> matching(Map<Long, ObjectNode> all, JsonNode json) {
    String jql = json.path("jql").asString("");
    Matcher wanted = WANTED.matcher(jql);
    if (!jql.startsWith("project = \"OPS\" AND ") || !wanted.find()) {
      violations.add("jql " + jql);
      return List.of();
    }
    Matcher ids = IDS.matcher(jql);
    Set<String> some = ids.find() ? new HashSet<>(List.of(ids.group(1).split(", "))) : null;
    return all.values().stream()
        .filter(issue -> some == null || some.contains(issue.path("id").asString()))
        .filter(issue ->
            issue
                .path("fields")
                .path("labels")
                .valueStream()
                .anyMatch(label -> label.asString().equals(wanted.group(1))))
        .toList();
  }

  private Reply searchCloud(JsonNode json) {
    Map<Long, ObjectNode> seen = new TreeMap<>(index);
    if (json.path("reconcileIssues").size() > 50) {
      violations.add("reconcileIssues: " + json.path("reconcileIssues").size());
    }
    for (JsonNode id : json.path("reconcileIssues")) {
      if (!id.isIntegralNumber()) {
        violations.add("reconcileIssues: " + id);
      }
      long number = id.asLong() - 10_000;
      ObjectNode now = issues.get(number);
      if (now == null) {
        ObjectNode said = JSON.createObjectNode();
        said.putArray("errorMessages").add("An issue with this id does not exist");
        return new Reply(400, said);
      }
      seen.put(number, now);
    }
    List<ObjectNode> found = matching(seen, json);
    String token = json.path("nextPageToken").asString("from 0");
    int from = Integer.parseInt(token.substring("from ".length()));
    ObjectNode page = JSON.createObjectNode();
    ArrayNode list = page.putArray("issues");
    Set<String> fields = new HashSet<>();
    json.path("fields").forEach(field -> fields.add(field.asString()));
    for (ObjectNode issue : found.subList(from, Math.min(from + PAGE, found.size()))) {
      ObjectNode shown = issue.deepCopy();
      ((ObjectNode) shown.path("fields")).retain(fields);
      if (!json.has("properties")) {
        shown.remove("properties");
      }
      list.add(shown);
    }
    boolean more = from + PAGE < found.size();
    page.put("isLast", !more);
    if (more) {
      page.put("nextPageToken", "from " + (from + PAGE));
    }
    return new Reply(200, page);
  }

  private Reply searchDataCenter(JsonNode json) {
    List<ObjectNode> found = matching(index, json);
    int from = json.path("startAt").asInt(0);
    ObjectNode page = JSON.createObjectNode().put("startAt", from).put("total", found.size());
    ArrayNode list = page.putArray("issues");
    for (ObjectNode issue :
        found.subList(Math.min(from, found.size()), Math.min(from + PAGE, found.size()))) {
      ObjectNode shown = issue.deepCopy();
      shown.remove("properties"); // A search does not show them.
      list.add(shown);
    }
    return new Reply(200, page);
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    if (status == 204) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
