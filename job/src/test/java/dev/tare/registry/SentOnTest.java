package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.http.Proxies;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.registry.login.EnvironmentCredentials;
import dev.tare.stop.StopSignal;
import dev.tare.testing.RecordingProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that sends whoever asks on to other places of this machine. */
class SentOnTest {
  private static final Descriptor BLOB =
      new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(new byte[0]), 1_000);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String realm = "";

  @BeforeEach
  void start() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Wants tokens of the realm, and has its blobs in a storage that does so as well. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
      if (path.contains("/blobs/")) {
        exchange
            .getResponseHeaders()
            .set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/storage");
        exchange.sendResponseHeaders(307, -1);
      } else if (path.equals("/token")) {
        byte[] token = "{\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, token.length);
        exchange.getResponseBody().write(token);
      } else if (path.equals("/v2/") && realm.isEmpty()) {
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange
            .getResponseHeaders()
            .set(
                "WWW-Authenticate",
                "Bearer realm=\"" + (realm.isEmpty() ? local("/token") : realm) + "\"");
        exchange.sendResponseHeaders(401, -1);
      }
    }
  }

  private String local(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  private static ImageSource open(String registry, Proxies proxies) {
    return RegistrySources.open(
        registry,
        RegistryOptions.defaults()
            .withPlainHttp(PlainHttp.ALWAYS)
            .withHttp(HttpOptions.defaults().withProxies(proxies).withRetries(1, Duration.ZERO)),
        new EnvironmentCredentials(
            Map.of("TARE_REGISTRY_USERNAME", "scan", "TARE_REGISTRY_PASSWORD", "s3cret")),
        new StopSignal());
  }

  @Test
  void publicRegistryMayNotNameATokenServerOnThisMachine() {
    realm = local("/token");
    try (RecordingProxy proxy = RecordingProxy.to(server.getAddress().getPort(), null);
        ImageSource source =
            open("registry.example", Proxies.of(Map.of("HTTP_PROXY", proxy.host())))) {
      TareException e = catchThrowableOfType(TareException.class, () -> source.tags("team/app"));
      assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
      assertThat(e)
          .hasMessageContaining("from the public host registry.example to a loopback address");
    }
    assertThat(asked).noneMatch(one -> one.startsWith("/token"));
  }

  @Test
  void registryOnThisMachineMay() {
    realm = local("/token");
    try (ImageSource source = open("localhost:" + server.getAddress().getPort(), Proxies.NONE)) {
      assertThat(catchThrowableOfType(TareException.class, () -> source.tags("team/app")))
          .hasMessageContaining("401");
    }
    assertThat(asked).anyMatch(one -> one.startsWith("/token Basic "));
  }

  @Test
  void storageMayNotAskWhoWeAre() {
    try (ImageSource source = open("localhost:" + server.getAddress().getPort(), Proxies.NONE)) {
      TareException e =
          catchThrowableOfType(TareException.class, () -> source.blob("team/app", BLOB));
      assertThat(e).hasMessageContaining("401");
    }
    assertThat(asked).contains("/storage null").noneMatch(one -> one.startsWith("/token"));
  }
}
