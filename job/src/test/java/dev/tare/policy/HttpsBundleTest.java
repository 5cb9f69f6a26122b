package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.http.TlsOptions;
import dev.tare.stop.StopSignal;
import dev.tare.testing.TlsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsBundleTest {
  private static final byte[] CONTENT = "a bundle".getBytes(StandardCharsets.UTF_8);
  private static TlsServer server;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server = TlsServer.start(directory, HttpsBundleTest::answer);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/acme.tar.gz" -> {
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT);
      }
      case "/moved.tar.gz" -> redirect(exchange, "https://" + server.host() + "/acme.tar.gz");
      case "/weaker.tar.gz" -> redirect(exchange, "http://" + server.host() + "/acme.tar.gz");
      case "/endless.tar.gz" -> {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 65; i++) {
          exchange.getResponseBody().write(block);
        }
      }
      default -> exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String target) throws IOException {
    exchange.getResponseHeaders().add("Location", target);
    exchange.sendResponseHeaders(302, -1);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpsBundle bundle(List<X509Certificate> authorities) {
    return new HttpsBundle(
        HttpOptions.defaults()
            .withRetries(1, Duration.ZERO)
            .withTls(new TlsOptions(true, authorities, null, null)),
        new StopSignal());
  }

  private static byte[] fetch(String path) {
    return bundle(server.authorities()).fetch("https://" + server.host() + path);
  }

  private static TareException failure(String path) {
    TareException failure = catchThrowableOfType(TareException.class, () -> fetch(path));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void bundleIsDownloadedAndRedirectsAreFollowed() {
    assertThat(fetch("/acme.tar.gz")).isEqualTo(CONTENT);
    assertThat(fetch("/moved.tar.gz")).isEqualTo(CONTENT);
  }

  @Test
  void redirectToHttpIsNotFollowed() {
    assertThat(failure("/weaker.tar.gz"))
        .hasMessageContaining("/acme.tar.gz: redirects from https to http are not followed");
  }

  @Test
  void missingBundleIsNamedWithoutItsCredential() {
    TareException e = failure("/none.tar.gz?token=secret");
    assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
    assertThat(e).hasMessageEndingWith("/none.tar.gz: 404");
  }

  @Test
  void downloadIsBounded() {
    TareException e = failure("/endless.tar.gz");
    assertThat(e.kind()).isEqualTo(FailureKind.LIMIT);
    assertThat(e).hasMessageContaining("larger than 64 MiB");
  }

  @Test
  void certificateThatNobodyKnowsIsRefused() {
    String location = "https://" + server.host() + "/acme.tar.gz";
    TareException e =
        catchThrowableOfType(TareException.class, () -> bundle(List.of()).fetch(location));
    assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
    assertThat(e).hasMessageContaining("TLS certificate of " + server.host() + " not accepted");
    assertThat(e.hint()).contains("--ca-file");
  }

  @Test
  void addressWithoutTlsIsRefusedUnlessItIsOfThisMachine() {
    assertThat(refusal("http://example.com/acme.tar.gz"))
        .contains("policies are not loaded over http");
    assertThat(refusal("http://127.0.0.1:1/acme.tar.gz")).contains("connection refused");
  }

  @Test
  void whatIsNoAddressOrNotThereSaysSoWithoutAPassword() {
    assertThat(refusal("https://ann:hidden x@localhost/acme.tar.gz")).contains("no address");
    assertThat(refusal("https://ann:hidden@127.0.0.1:1/acme.tar.gz"))
        .contains("127.0.0.1:1/acme.tar.gz: connect to 127.0.0.1:1: connection refused");
  }

  private static String refusal(String location) {
    TareException e =
        catchThrowableOfType(
            TareException.class,
            () ->
                PolicyEngines.open(
                    List.of(location),
                    PolicySettings.defaults(),
                    any -> Map.of("bundle.tar.gz", bundle(List.of()).fetch(any))));
    assertThat(e).hasMessageNotContaining("hidden");
    return String.valueOf(e.getMessage());
  }
}
