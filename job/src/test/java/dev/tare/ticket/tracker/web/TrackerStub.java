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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A repository with issues on a loopback port, as Gitea or GitHub show it. Each request is held
 * against the published description: path, query parameters, properties of the body and their
 * types. Lists have pages of two, and links to another host.
 */
public final class TrackerStub implements AutoCloseable {
  /** The token that it wants. */
  public static final String TOKEN = "t0p-s3cret";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String REPOSITORY = "/repos/team/tickets";
  private static final int PAGE = 2;

  /**
   * An answer to the next request of this method and path, instead of the real one.
   *
   * @param path what it ends with
   * @param carriedOut whether the request is carried out all the same
   */
  public record Fault(
      String method, String path, int status, Map<String, String> headers, boolean carriedOut) {}

  private final HttpServer server;
  private final boolean gitea;
  private final String prefix;
  private final Map<Long, ObjectNode> issues = new TreeMap<>();
  private final Map<Long, List<String>> comments = new TreeMap<>();
  private final List<String> labels = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final DescribedRequests described;

  private TrackerStub(boolean gitea) throws IOException {
    this.gitea = gitea;
    this.prefix = gitea ? "/api/v1" : "/api/v3";
    this.described = new DescribedRequests(gitea ? "gitea" : "github", violations);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public static TrackerStub gitea() throws IOException {
    return new TrackerStub(true);
  }

  public static TrackerStub github() throws IOException {
    return new TrackerStub(false);
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How it is spoken to: three quick retries, and a second of patience. */
  public TicketServer server() {
    HttpOptions http =
        HttpOptions.defaults()
            .withRetries(3, Duration.ofMillis(1))
            .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(500));
    return TicketServer.of(address() + "/team/tickets", TOKEN, http, new StopSignal());
  }

  public void fault(Fault fault) {
    faults.add(fault);
  }

  /** {@code POST /issues}, in their order. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** What in requests is not as described. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  public synchronized ObjectNode issue(long number) {
    return Objects.requireNonNull(issues.get(number), "issue");
  }

  public synchronized int size() {
    return issues.size();
  }

  /** A pull request with a label, which some lists hold too. */
  public synchronized void pullRequest(String label) {
    long number = issues.size() + 1L;
    ObjectNode node = JSON.createObjectNode();
    node.put("number", number).put("title", "t").put("body", "b").put("state", "open");
    node.putObject("pull_request").put("merged", false);
    node.putArray("labels").addObject().put("name", label);
    issues.put(number, node);
  }

  public synchronized List<String> comments(long number) {
    return List.copyOf(comments.getOrDefault(number, List.of()));
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
    String path = exchange.getRequestURI().getPath();
    String wanted = (gitea ? "token " : "Bearer ") + TOKEN;
    if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      violations.add(method + " " + path + ": without the token");
    }
    if (!path.startsWith(prefix + REPOSITORY)) {
      violations.add(method + " " + path + ": no path of the repository");
      send(exchange, 404, Map.of(), JSON.createObjectNode());
      return;
    }
    String inside = path.substring((prefix + REPOSITORY).length());
    requests.add(method + " " + inside);
    JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    described.check(method, pattern(method, inside), query, json);
    Fault fault = faults.peek();
    if (fault != null && fault.method().equals(method) && inside.endsWith(fault.path())) {
      faults.remove();
      if (fault.carriedOut()) {
        real(method, inside, query, json);
      }
      if (fault.status() == 0) {
        pause();
        return;
      }
      send(
          exchange,
          fault.status(),
          fault.headers(),
          JSON.createObjectNode().put("message", "told so, with " + TOKEN));
      return;
    }
    Reply reply = real(method, inside, query, json);
    send(exchange, reply.status(), reply.headers(), reply.body());
  }

  /** Longer than anybody waits. */
  private static void pause() {
    try {
      Thread.sleep(700);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Reply(int status, Map<String, String> headers, JsonNode body) {}

  private Reply real(String method, String path, Map<String, String> query, JsonNode json) {
    String[] parts = path.split("/");
    if (path.isEmpty()) {
      return new Reply(
          200,
          Map.of(),
          JSON.createObjectNode().put("full_name", "team/tickets").put("has_issues", true));
    }
    if (parts[1].equals("labels")) {
      return labels(method, parts, query, json);
    }
    if (parts.length == 2) {
      return method.equals("POST") ? create(json) : list(query);
    }
    long number = Long.parseLong(parts[2]);
    ObjectNode issue = issues.get(number);
    if (issue == null) {
      return new Reply(404, Map.of(), JSON.createObjectNode().put("message", "Not Found"));
    }
    if (parts.length == 5) {
      ArrayNode all = issue.withArray("labels");
      String name = gitea ? labels.get(Integer.parseInt(parts[4]) - 1) : parts[4];
      for (int at = all.size() - 1; at >= 0; at--) {
        if (all.get(at).path("name").stringValue().equals(name)) {
          all.remove(at);
        }
      }
      return new Reply(gitea ? 204 : 200, Map.of(), JSON.createObjectNode());
    }
    if (parts.length == 4 && parts[3].equals("labels")) {
      json.path("labels").forEach(label -> addLabel(issue, label));
      return new Reply(200, Map.of(), issue.path("labels"));
    }
    if (parts.length == 4) {
      List<String> texts = comments.computeIfAbsent(number, any -> new ArrayList<>());
      if (method.equals("POST")) {
        texts.add(json.path("body").stringValue());
        return new Reply(201, Map.of(), JSON.createObjectNode().put("id", texts.size()));
      }
      ArrayNode all = JSON.createArrayNode();
      texts.forEach(text -> all.addObject().put("body", text));
      return gitea ? new Reply(200, Map.of(), all) : page(all, query);
    }
    if (method.equals("PATCH")) {
      json.properties().forEach(field -> issue.set(field.getKey(), field.getValue()));
      return new Reply(gitea ? 201 : 200, Map.of(), issue);
    }
    return new Reply(200, Map.of(), issue);
  }

  private Reply labels(String method, String[] parts, Map<String, String> query, JsonNode json) {
    if (method.equals("POST")) {
      labels.add(json.path("name").stringValue());
      return new Reply(201, Map.of(), JSON.createObjectNode().put("id", labels.size()));
    }
    if (parts.length == 3) {
      return new Reply(labels.contains(parts[2]) ? 200 : 404, Map.of(), JSON.createObjectNode());
    }
    ArrayNode all = JSON.createArrayNode();
    for (int at = 0; at < labels.size(); at++) {
      all.addObject().put("id", at + 1).put("name", labels.get(at));
    }
    return page(all, query);
  }

  private Reply create(JsonNode json) {
    long number = issues.size() + 1L;
    ObjectNode node = JSON.createObjectNode();
    node.put("number", number).put("state", "open").putNull("closed_at").putNull("pull_request");
    node.set("title", json.path("title"));
    node.set("body", json.path("body"));
    node.putArray("labels");
    json.path("labels").forEach(label -> addLabel(node, label));
    issues.put(number, node);
    return new Reply(201, Map.of(), node);
  }

  private void addLabel(ObjectNode issue, JsonNode label) {
    String name = gitea ? labels.get(label.intValue() - 1) : label.stringValue();
    issue.withArray("labels").addObject().put("name", name);
  }

  private Reply list(Map<String, String> query) {
    Set<String> wanted = new HashSet<>(List.of(query.getOrDefault("labels", "").split(",")));
    ArrayNode all = JSON.createArrayNode();
    for (ObjectNode issue : issues.values()) {
      Set<String> has = new HashSet<>();
      issue.path("labels").forEach(label -> has.add(label.path("name").stringValue()));
      if (has.containsAll(wanted)) {
        all.add(issue);
      }
    }
    return page(all, query);
  }

  private Reply page(ArrayNode all, Map<String, String> query) {
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (int at = (page - 1) * PAGE; at < Math.min(page * PAGE, all.size()); at++) {
      items.add(all.get(at));
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("Link", "<http://127.0.0.1:1/elsewhere?page=2>; rel=\"next\"");
    if (gitea) {
      headers.put("X-Total-Count", String.valueOf(all.size()));
    }
    return new Reply(200, headers, items);
  }

  private String pattern(String method, String path) {
    String pattern =
        path.replaceFirst("^/issues/\\d+", "/issues/{n}")
            .replaceFirst("^(/issues/\\{n}/labels/).+", "$1{label}");
    return path.startsWith("/labels/") && !described.has(method, pattern)
        ? "/labels/{name}"
        : pattern;
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new TreeMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return query;
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, JsonNode body)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::add);
    if (status == 204) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
