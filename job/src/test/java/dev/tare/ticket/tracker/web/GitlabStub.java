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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project with issues on a loopback port, as GitLab's documentation shows it, against which each
 * request is held. Lists have pages of two. A line that begins with a slash is taken for a command
 * and cut out, wherever it stands.
 */
final class GitlabStub implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PROJECT = "/api/v4/projects/group%2Fteam%2Ftickets";
  private static final String TOKEN = "t0p-s3cret";
  private static final int PAGE = 2;

  private final HttpServer server;
  private final Map<Long, ObjectNode> issues = new TreeMap<>();
  private final Map<Long, ArrayNode> notes = new TreeMap<>();
  private final Set<String> labels = new HashSet<>();
  private final ObjectNode project = JSON.createObjectNode();
  private final List<String> requests = new ArrayList<>();
  private final List<String> queries = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final DescribedRequests described;
  private int failing;

  GitlabStub() throws IOException {
    described = new DescribedRequests("gitlab", violations);
    project.put("path_with_namespace", "group/team/tickets").put("archived", false);
    project.put("issues_access_level", "enabled");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  TicketServer server() {
    HttpOptions http = HttpOptions.defaults().withRetries(3, Duration.ofMillis(1));
    return TicketServer.of(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/group/team/tickets",
        TOKEN,
        http,
        new StopSignal());
  }

  /** What it says of the project. */
  synchronized ObjectNode project() {
    return project;
  }

  synchronized ObjectNode issue(long number) {
    return Objects.requireNonNull(issues.get(number), "issue");
  }

  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Of each request that has one. */
  synchronized List<String> queries() {
    return List.copyOf(queries);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Answers the next request that changes something with this status, and does nothing. */
  synchronized void failing(int status) {
    failing = status;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getRawPath();
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        violations.add(method + " " + path + ": without the token");
      }
      if (!path.startsWith(PROJECT)) {
        violations.add(method + " " + path + ": no path of the project");
        send(exchange, 404, "{}", null);
        return;
      }
      String inside = path.substring(PROJECT.length());
      JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (exchange.getRequestURI().getRawQuery() != null) {
        queries.add(exchange.getRequestURI().getRawQuery());
      }
      requests.add(method + " " + inside + (body.length == 0 ? "" : " " + json));
      described.check(
          method,
          inside
              .replaceFirst("^/issues/\\d+", "/issues/{n}")
              .replaceFirst("^/labels/.+", "/labels/{name}"),
          query,
          json);
      if (failing != 0 && !method.equals("GET")) {
        send(exchange, failing, "{\"message\":{\"title\":[\"is odd, " + TOKEN + "\"]}}", null);
        failing = 0;
        return;
      }
      answer(exchange, method, inside.split("/"), query, json);
    }
  }

  private void answer(
      HttpExchange exchange,
      String method,
      String[] parts,
      Map<String, String> query,
      JsonNode json)
      throws IOException {
    if (parts.length < 2) {
      send(exchange, 200, project.toString(), null);
    } else if (parts[1].equals("labels")) {
      label(exchange, method, parts, json);
    } else if (parts.length == 2) {
      if (method.equals("POST")) {
        send(exchange, 201, create(json).toString(), null);
      } else {
        page(exchange, marked(query.getOrDefault("labels", "")), query);
      }
    } else {
      issue(exchange, method, parts, query, json);
    }
  }

  private void issue(
      HttpExchange exchange,
      String method,
      String[] parts,
      Map<String, String> query,
      JsonNode json)
      throws IOException {
    long number = Long.parseLong(parts[2]);
    ObjectNode issue = issues.get(number);
    if (issue == null) {
      send(exchange, 404, "{\"message\":\"404 Not found\"}", null);
    } else if (parts.length == 4) {
      ArrayNode all = notes.computeIfAbsent(number, any -> JSON.createArrayNode());
      if (method.equals("POST")) {
        all.addObject().put("body", text(json.path("body"))).put("system", false);
        send(exchange, 201, all.get(all.size() - 1).toString(), null);
      } else {
        page(exchange, all, query);
      }
    } else {
      if (method.equals("PUT")) {
        change(number, issue, json);
      }
      send(exchange, 200, issue.toString(), null);
    }
  }

  private void label(HttpExchange exchange, String method, String[] parts, JsonNode json)
      throws IOException {
    if (method.equals("GET")) {
      send(exchange, labels.contains(parts[2]) ? 200 : 404, "{}", null);
    } else {
      boolean isNew = labels.add(json.path("name").stringValue());
      send(exchange, isNew ? 201 : 409, "{\"message\":\"Label already exists\"}", null);
    }
  }

  private ObjectNode create(JsonNode json) {
    long number = issues.size() + 1L;
    ObjectNode issue = JSON.createObjectNode();
    issue.put("id", number + 1_000).put("iid", number).put("state", "opened");
    issue.putNull("closed_at").putNull("moved_to_id").putArray("labels");
    issues.put(number, issue);
    change(number, issue, JSON.createObjectNode().set("title", json.path("title")));
    issue.put("description", text(json.path("description")));
    add(issue, json.path("labels").asString(""));
    return issue;
  }

  private void change(long number, ObjectNode issue, JsonNode json) {
    if (json.has("title")) {
      issue.set("title", json.path("title"));
    }
    if (json.has("description")) {
      issue.put("description", text(json.path("description")));
    }
    add(issue, json.path("add_labels").asString(""));
    String gone = json.path("remove_labels").asString("");
    ArrayNode left = JSON.createArrayNode();
    issue
        .path("labels")
        .valueStream()
        .filter(one -> !one.asString().equals(gone))
        .forEach(left::add);
    issue.set("labels", left);
    switch (json.path("state_event").asString("")) {
      case "close" -> issue.put("state", "closed").put("closed_at", "2026-01-01T00:00:00.000Z");
      case "reopen" -> issue.put("state", "opened").putNull("closed_at");
      default -> {
        return;
      }
    }
    notes
        .computeIfAbsent(number, any -> JSON.createArrayNode())
        .addObject()
        .put("body", "changed the state")
        .put("system", true);
  }

  private static void add(ObjectNode issue, String names) {
    Set<String> all = new LinkedHashSet<>();
    issue.path("labels").forEach(one -> all.add(one.asString()));
    if (!names.isEmpty()) {
      all.addAll(List.of(names.split(",")));
    }
    ArrayNode labels = issue.putArray("labels");
    all.forEach(labels::add);
  }

  private static String text(JsonNode text) {
    return text.asString("").replaceAll("(?m)^/.*\\n?", "");
  }

  private ArrayNode marked(String label) {
    ArrayNode found = JSON.createArrayNode();
    issues.values().stream()
        .filter(one -> one.path("labels").valueStream().anyMatch(l -> l.asString().equals(label)))
        .forEach(found::add);
    return found;
  }

  private static void page(HttpExchange exchange, ArrayNode all, Map<String, String> query)
      throws IOException {
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    ArrayNode items = JSON.createArrayNode();
    for (int at = (page - 1) * PAGE; at < Math.min(page * PAGE, all.size()); at++) {
      items.add(all.get(at));
    }
    send(exchange, 200, items.toString(), String.valueOf(all.size()));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, String body, @Nullable String total)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (total != null) {
      exchange.getResponseHeaders().set("X-Total", total);
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
