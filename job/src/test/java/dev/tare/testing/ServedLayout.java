package dev.tare.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry that hands out what an OCI layout holds, right or wrong: decent ones refuse such
 * pushes. It has one repository, and whatever other names of repositories and tags a test lists.
 */
public final class ServedLayout implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Path layout;
  private final String repository;
  private final Map<String, JsonNode> manifests = new ConcurrentHashMap<>();
  private final List<String> repositories = new CopyOnWriteArrayList<>();
  private final List<String> tags = new CopyOnWriteArrayList<>();

  private ServedLayout(Path layout, String repository) throws IOException {
    this.layout = layout;
    this.repository = repository;
    repositories.add(repository);
    MAPPER
        .readTree(Files.readAllBytes(layout.resolve("index.json")))
        .path("manifests")
        .forEach(entry -> {
          String tag = entry.path("annotations").path(REF_NAME).stringValue();
          tags.add(tag);
          manifests.put(tag, entry);
        });
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Starts one. */
  public static ServedLayout of(Path layout, String repository) {
    try {
      ServedLayout served = new ServedLayout(layout, repository);
      served.server.start();
      return served;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists a repository that is not there. */
  public ServedLayout listingRepository(String name) {
    repositories.add(name);
    return this;
  }

  /** Lists a tag that is not there. */
  public ServedLayout listingTag(String tag) {
    tags.add(tag);
    return this;
  }

  /** From now on lists no repository; those it has can be read. */
  public void listNoRepository() {
    repositories.clear();
  }

  /** From now on does not list this tag, which can be read. */
  public void hideTag(String tag) {
    tags.remove(tag);
  }

  /** From now on has no such tag. */
  public void removeTag(String tag) {
    tags.remove(tag);
    manifests.remove(tag);
  }

  /** Its name in references. */
  public String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String within = "/v2/" + repository + "/";
      if (path.equals("/v2/")) {
        answer(exchange, 200, "application/json", "{}");
      } else if (path.equals("/v2/_catalog")) {
        list(exchange, "repositories", repositories);
      } else if (path.equals(within + "tags/list")) {
        list(exchange, "tags", tags);
      } else if (path.startsWith(within + "manifests/")) {
        manifest(exchange, path.substring(within.length() + "manifests/".length()));
      } else if (path.startsWith(within + "blobs/")) {
        blob(exchange, path.substring(within.length() + "blobs/".length()), "");
      } else {
        missing(exchange);
      }
    }
  }

  private void manifest(HttpExchange exchange, String selector) throws IOException {
    JsonNode entry = manifests.get(selector);
    blob(
        exchange,
        entry == null ? selector : entry.path("digest").stringValue(),
        entry == null ? "" : entry.path("mediaType").stringValue());
  }

  private void blob(HttpExchange exchange, String digest, String mediaType) throws IOException {
    Path file = layout.resolve("blobs").resolve(digest.replace(':', '/'));
    if (!digest.startsWith("sha256:") || !Files.isRegularFile(file)) {
      missing(exchange);
      return;
    }
    exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
    if (!mediaType.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", mediaType);
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Long.toString(Files.size(file)));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    }
  }

  private static void list(HttpExchange exchange, String name, List<String> values)
      throws IOException {
    answer(exchange, 200, "application/json", MAPPER.writeValueAsString(Map.of(name, values)));
  }

  /** With words that a terminal would obey. */
  private static void missing(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        404,
        "application/json",
        "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"none \\u001b[31mred\\u0007\"}]}");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
