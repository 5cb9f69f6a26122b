package dev.tare.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tare.error.TareException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The distribution API over one registry's content.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints">Endpoints</a>
 */
final class RegistryRoutes implements HttpHandler {
  private static final Pattern ROUTE =
      Pattern.compile(
          "/v2/(?<name>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*?)"
              + "/(?<route>tags/list|manifests|blobs/uploads|blobs|referrers)(?:/(?<subject>.*))?");

  private final Map<String, Repository> repositories = new ConcurrentSkipListMap<>();
  private final ManifestRoutes manifests;
  private final BlobRoutes blobs;

  RegistryRoutes(RegistryContent content) {
    manifests = new ManifestRoutes(content);
    blobs = new BlobRoutes(content, repositories::get);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Docker-Distribution-Api-Version", "registry/2.0");
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (TareException e) {
        answer = Answer.error(400, "NAME_INVALID", String.valueOf(e.getMessage()));
      }
      answer.send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/v2/") || path.equals("/v2")) {
      return Answer.json(200, Map.of());
    }
    if (path.equals("/v2/_catalog")) {
      return ListRoutes.catalog(
          new Call(method, "", "", exchange), List.copyOf(repositories.keySet()));
    }
    Matcher route = ROUTE.matcher(path);
    if (!route.matches()) {
      return Answer.error(404, "NAME_UNKNOWN", "no such endpoint");
    }
    String name = route.group("name");
    String subject = route.group("subject");
    Call call = new Call(method, name, subject == null ? "" : subject, exchange);
    boolean writes = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    Repository repository =
        writes
            ? repositories.computeIfAbsent(name, any -> new Repository())
            : repositories.get(name);
    if (repository == null) {
      return Answer.error(404, "NAME_UNKNOWN", "repository name not known to registry");
    }
    return switch (route.group("route")) {
      case "tags/list" -> ListRoutes.tags(call, repository);
      case "manifests" -> manifests.manifest(call, repository);
      case "blobs" -> blobs.blob(call, repository);
      case "blobs/uploads" -> blobs.upload(call, repository);
      case "referrers" -> manifests.referrers(call, repository);
      default -> throw new IllegalStateException("not a route: " + route.group("route"));
    };
  }
}
