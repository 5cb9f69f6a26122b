package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that wants a token for what is written, and has blobs sent to another server. */
class ArtifactSinkTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final List<String> asked = new ArrayList<>();
  private HttpServer registry;
  private HttpServer storage;
  private volatile String location = "";
  private volatile int startsWith = 202;

  @BeforeEach
  void serve() throws IOException {
    registry = server();
    storage = server();
    location = address(storage) + "/put/here?signature=x";
    registry.createContext("/", this::registry);
    storage.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          note("storage", exchange, new String(body, StandardCharsets.UTF_8));
          end(exchange, 201);
        });
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  @AfterEach
  void stop() {
    registry.stop(0);
    storage.stop(0);
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private synchronized void note(String who, HttpExchange exchange, String more) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    asked.add(
        who
            + " "
            + exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (authorization == null ? " -" : " " + authorization)
            + (more.isEmpty() ? "" : " " + more));
  }

  private void registry(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/token")) {
      note("token", exchange, "");
      byte[] token = "{\"token\":\"t0ken\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, token.length);
      exchange.getResponseBody().write(token);
      exchange.close();
      return;
    }
    if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
      exchange
          .getResponseHeaders()
          .set("WWW-Authenticate", "Bearer realm=\"" + address(registry) + "/token\"");
      end(exchange, 401);
      return;
    }
    if (path.equals("/v2/")) {
      end(exchange, 200);
      return;
    }
    note("registry", exchange, "");
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> end(exchange, 404);
      case "POST" -> {
        exchange.getResponseHeaders().set("Location", location);
        end(exchange, startsWith);
      }
      default -> end(exchange, 201);
    }
  }

  private static void end(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private ArtifactSink sink() {
    return RegistrySources.sink(
        "127.0.0.1:" + registry.getAddress().getPort(),
        RegistryOptions.defaults()
            .withHttp(dev.tare.http.HttpOptions.defaults().withRetries(0, java.time.Duration.ZERO)),
        (host, repository) -> Optional.of(new RegistryCredential("scan", "s3cret")),
        new StopSignal());
  }

  @Test
  void tokenIsAskedForWritingAndNotGivenToTheStorage() {
    try (ArtifactSink sink = sink()) {
      sink.blob("team/kept", "text/plain", CONTENT);
    }
    assertThat(asked)
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("token GET ")
                .contains("scope=repository%3Ateam%2Fkept%3Apull%2Cpush"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("storage PUT /put/here?signature=x&digest=sha256:")
                .endsWith(" - content"));
  }

  @Test
  void uploadOnTheRegistryItselfIsSentWithTheToken() {
    location = "/v2/team/kept/blobs/uploads/1";
    try (ArtifactSink sink = sink()) {
      sink.blob("team/kept", "text/plain", CONTENT);
    }
    assertThat(asked.getLast())
        .startsWith("registry PUT /v2/team/kept/blobs/uploads/1?digest=sha256:")
        .endsWith(" Bearer t0ken");
  }

  @Test
  void whoMayOnlyReadIsToldSo() {
    startsWith = 403;
    try (ArtifactSink sink = sink()) {
      assertThatThrownBy(() -> sink.blob("team/kept", "text/plain", CONTENT))
          .isInstanceOfSatisfying(
              TareException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.DENIED);
                assertThat(e.hint()).startsWith("These credentials may not push to 127.0.0.1:");
              });
    }
  }

  @Test
  void registryThatSaysNothingOrNonsenseOfWhereToIsRefused() {
    for (String nonsense :
        List.of("", "ftp://127.0.0.1/x", "http://user:secret@127.0.0.1/x", "::")) {
      location = nonsense;
      try (ArtifactSink sink = sink()) {
        assertThatThrownBy(() -> sink.blob("team/kept", "text/plain", CONTENT))
            .as(nonsense)
            .isInstanceOfSatisfying(
                TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT))
            .hasMessageNotContaining("secret");
      }
    }
  }
}
