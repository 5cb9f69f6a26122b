package dev.tare.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import dev.tare.testing.RecordingProxy;
import dev.tare.testing.TlsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers with a CA of their own, one of which wants certificates, and a proxy. */
class HttpTransportTest {
  private static final String LOGIN = "Basic YW5uOnMzIGNyZXQ="; // printf 'ann:s3 cret' | base64
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();
  private static final Set<Integer> CONNECTIONS = ConcurrentHashMap.newKeySet();

  private static Path directory;
  private static TlsServer secure;
  private static TlsServer strict;
  private static HttpServer plain;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    directory = temporary;
    secure =
        TlsServer.start(
            Files.createDirectory(temporary.resolve("secure")), HttpTransportTest::answer);
    strict =
        TlsServer.strict(
            Files.createDirectory(temporary.resolve("strict")), HttpTransportTest::answer);
    plain =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    plain.createContext("/", HttpTransportTest::answer);
    plain.start();
  }

  @AfterAll
  static void stop() {
    secure.close();
    strict.close();
    plain.stop(0);
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
    CONNECTIONS.clear();
  }

  /** {@code /to?ADDRESS} sends on to it, {@code /slow} trickles, {@code /long} would go on. */
  private static void answer(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    SEEN.add(uri.getPath() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
    CONNECTIONS.add(exchange.getRemoteAddress().getPort());
    try (exchange) {
      switch (uri.getPath()) {
        case "/to" -> {
          exchange.getResponseHeaders().set("Location", uri.getQuery());
          byte[] text = "moved".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(307, text.length);
          exchange.getResponseBody().write(text);
        }
        case "/slow" -> {
          exchange.sendResponseHeaders(200, 1_000_000);
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            Thread.sleep(5);
          }
        }
        case "/long" -> {
          exchange.sendResponseHeaders(200, 1L << 40);
          exchange.getResponseBody().flush();
          exchange.getRequestBody().read();
        }
        default -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpOptions trusting(TlsServer server) {
    return HttpOptions.defaults().withTls(new TlsOptions(false, server.authorities(), null, null));
  }

  private static HttpOptions through(HttpOptions options, RecordingProxy proxy, String login) {
    String address = "http://" + login + proxy.host();
    return options.withProxies(
        Proxies.of(Map.of("HTTPS_PROXY", address, "http_proxy", address, "NO_PROXY", "x.test")));
  }

  private static String get(HttpOptions options, String address) throws IOException {
    try (HttpTransport transport = new HttpTransport(options, new StopSignal());
        HttpAnswer answer =
            transport.follow(
                "ask", "GET", URI.create(address), Map.of("Authorization", "Bearer token"))) {
      return answer.status()
          + " "
          + new String(answer.body("ask", "it", 100), StandardCharsets.UTF_8);
    }
  }

  private static TareException failure(HttpOptions options, String address) {
    return catchThrowableOfType(
        TareException.class,
        () -> {
          try {
            get(options, address);
          } catch (IOException e) {
            throw NetworkFailure.of("ask", URI.create(address).getAuthority(), e);
          }
        });
  }

  private static String plainHost() {
    return "localhost:" + plain.getAddress().getPort();
  }

  @Test
  void ownCaIsTrustedBesidesTheSystems() throws IOException {
    String address = "https://" + secure.host() + "/";
    assertThat(get(trusting(secure), address)).isEqualTo("200 ok");
    assertThat(failure(HttpOptions.defaults(), address).hint()).contains("--ca-file");
    assertThat(failure(trusting(strict), address)).hasMessageContaining("not accepted");
    assertThat(
            get(
                HttpOptions.defaults().withTls(TlsOptions.defaults().withInsecureSkipVerify(true)),
                address))
        .isEqualTo("200 ok");
  }

  @Test
  void certificateForAnotherHostIsRefused() {
    TareException e = failure(trusting(secure), "https://127.0.0.2:" + secure.port() + "/");
    assertThat(e).isNotNull();
  }

  @Test
  void fileOfTheEnvironmentIsReadWithTheFirstConnectionOverTls() throws IOException {
    Path file = directory.resolve("bundle.pem");
    HttpOptions options =
        HttpOptions.defaults().withTls(new TlsOptions(false, List.of(), file, null));
    assertThat(get(options, "http://" + plainHost() + "/")).isEqualTo("200 ok");
    String address = "https://" + secure.host() + "/";
    assertThat(failure(options, address))
        .hasMessage("SSL_CERT_FILE " + file + ": no such file or directory");
    Files.writeString(file, "# ours\n" + strict.authorityPem() + "\n" + secure.authorityPem());
    assertThat(get(options, address)).isEqualTo("200 ok");
  }

  @Test
  void serverThatWantsACertificateIsShownOne() throws IOException {
    Path certificate = directory.resolve("client.pem");
    Path key = directory.resolve("client.key");
    Files.writeString(certificate, strict.clientPem());
    Files.writeString(key, strict.clientKeyPem());
    HttpOptions options =
        HttpOptions.defaults()
            .withTls(
                new TlsOptions(
                    false, strict.authorities(), null, ClientCertificate.read(certificate, key)));
    String address = "https://" + strict.host() + "/";
    assertThat(get(options, address)).isEqualTo("200 ok");
    assertThat(get(options.withTls(options.tls().withInsecureSkipVerify(true)), address))
        .isEqualTo("200 ok");
    TareException e = failure(trusting(strict), address);
    // Its alert may be overtaken by our request: then the connection is lost.
    assertThat(e)
        .hasMessageMatching(
            "ask: (.* does not accept our certificate|the connection to .* was lost): .*");
    assertThat(e.hint() == null ? "--client-cert" : e.hint()).contains("--client-cert");
  }

  @Test
  void httpsGoesThroughTheProxyAsATunnel() throws IOException {
    try (RecordingProxy proxy = RecordingProxy.to(secure.port(), LOGIN)) {
      HttpOptions options = through(trusting(secure), proxy, "ann:s3%20cret@");
      assertThat(get(options, "https://registry.example/")).isEqualTo("200 ok");
      assertThat(proxy.requests()).containsExactly("CONNECT registry.example:443 HTTP/1.1");
      assertThat(get(options, "https://" + secure.host() + "/")).isEqualTo("200 ok");
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void httpGoesThroughTheProxyWithItsWholeAddress() throws IOException {
    try (RecordingProxy proxy = RecordingProxy.to(plain.getAddress().getPort(), LOGIN)) {
      HttpOptions options = through(HttpOptions.defaults(), proxy, "ann:s3%20cret@");
      assertThat(get(options, "http://registry.example:5000/v2/")).isEqualTo("200 ok");
      assertThat(proxy.requests()).containsExactly("GET http://registry.example:5000/v2/ HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://registry.example/", "http://registry.example/"})
  void proxyThatWantsALoginSaysWhatToDoAndShowsNone(String address) {
    try (RecordingProxy proxy = RecordingProxy.to(secure.port(), LOGIN)) {
      TareException none = failure(through(trusting(secure), proxy, ""), address);
      assertThat(none)
          .hasMessage("ask: proxy " + proxy.host() + ": 407, it wants user and password");
      assertThat(none.hint()).contains("USER:PASSWORD@");
      TareException wrong = failure(through(trusting(secure), proxy, "ann:wr0ng@"), address);
      assertThat(wrong)
          .hasMessage("ask: proxy " + proxy.host() + ": 407, it refuses user and password");
      assertThat(wrong.kind()).isEqualTo(FailureKind.ENVIRONMENT);
    }
  }

  @Test
  void answerOfAProxyIsNotTakenForThatOfTheServer() throws IOException {
    try (ServerSocket forbidding = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> forbid(forbidding));
      String address = "http://127.0.0.1:" + forbidding.getLocalPort();
      TareException e =
          failure(
              trusting(secure).withProxies(Proxies.of(Map.of("https_proxy", address))),
              "https://registry.example/");
      assertThat(e).hasMessageMatching("ask: proxy 127.0.0.1:\\d+: refuses with 403");
    }
  }

  private static void forbid(ServerSocket proxy) {
    while (true) {
      try (Socket client = proxy.accept()) {
        InputStream in = client.getInputStream();
        int last = 0;
        for (int end = 0; last >= 0 && end != 0x0d0a0d0a; end = end << 8 | last) {
          last = in.read();
        }
        client
            .getOutputStream()
            .write(
                "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        return; // It is closed.
      }
    }
  }

  @Test
  void proxyThatIsNotThereIsBlamedItself() {
    RecordingProxy proxy = RecordingProxy.to(1, null);
    HttpOptions options = through(trusting(secure), proxy, "ann:s3cret@");
    proxy.close();
    TareException e = failure(options, "https://registry.example/");
    assertThat(e).hasMessage("ask: connect to proxy " + proxy.host() + ": connection refused");
    assertThat(e.hint()).contains("NO_PROXY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:1/x",
        "https://127.0.0.1:1/x",
        "https://[::1]:1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.1.2.3/x",
        "https://[fd00:ec2::254]/x"
      })
  void publicHostMayNotSendToWhatOnlyWeReach(String target) {
    try (RecordingProxy proxy = RecordingProxy.to(secure.port(), null)) {
      TareException e =
          failure(through(trusting(secure), proxy, ""), "https://registry.example/to?" + target);
      assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT);
      assertThat(e)
          .hasMessageMatching(
              "ask: sent on to \\Q"
                  + target
                  + "\\E: redirects from the public host registry.example to a"
                  + " (loopback|private|link-local) address are not followed");
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @Test
  void loopbackHostMaySendToALoopbackHostButNotToMachinesCredentials() throws IOException {
    String to = "http://127.0.0.1:" + plain.getAddress().getPort() + "/there";
    assertThat(get(HttpOptions.defaults(), "http://" + plainHost() + "/to?" + to))
        .isEqualTo("200 ok");
    assertThat(
            failure(
                HttpOptions.defaults(),
                "http://" + plainHost() + "/to?http://169.254.169.254/latest/"))
        .hasMessageEndingWith(
            "from the loopback host localhost to a link-local address" + " are not followed");
  }

  @Test
  void authorizationStaysWithItsHost() throws IOException {
    assertThat(
            get(
                HttpOptions.defaults(),
                "http://" + plainHost() + "/to?http://" + plainHost() + "/same"))
        .isEqualTo("200 ok");
    String other = "http://127.0.0.1:" + plain.getAddress().getPort();
    get(
        HttpOptions.defaults(),
        "http://" + plainHost() + "/to?" + other + "/to?http://" + plainHost() + "/back");
    assertThat(SEEN)
        .containsExactly(
            "/to Bearer token", "/same Bearer token", "/to Bearer token", "/to null", "/back null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1/x?sig=SIGNED", "http://registry.example/x"})
  void secureHostMayNotSendToPlainHttp(String target) {
    TareException e = failure(trusting(secure), "https://" + secure.host() + "/to?" + target);
    assertThat(e)
        .hasMessageContaining("redirects from https to http are not followed")
        .hasMessageNotContaining("SIGNED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "ftp://h/x", "http://u:s3cret@localhost/x", "http:"})
  void whatIsNoAddressOfHttpIsNotFollowed(String target) {
    TareException e = failure(HttpOptions.defaults(), "http://" + plainHost() + "/to?" + target);
    assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT);
    assertThat(e).hasMessageNotContaining("s3cret");
  }

  @Test
  void shortAnswersLeaveTheirConnectionToTheNextRequest() throws IOException {
    get(HttpOptions.defaults(), "http://" + plainHost() + "/to?/to?/to?/x");
    assertThat(SEEN).hasSize(4);
    assertThat(CONNECTIONS).hasSize(1);
  }

  @Test
  void bodyThatSaysItIsTooLongIsNotRead() {
    TareException e = failure(HttpOptions.defaults(), "http://" + plainHost() + "/long");
    assertThat(e.kind()).isEqualTo(FailureKind.LIMIT);
    assertThat(e).hasMessage("ask: it is longer than 100 bytes");
  }

  @Test
  void bodyThatComesTooSlowlyIsEnded() {
    HttpOptions options = HttpOptions.defaults().withMinimumRate(100_000, Duration.ofMillis(100));
    TareException e =
        catchThrowableOfType(
            TareException.class,
            () -> {
              try (HttpTransport transport = new HttpTransport(options, new StopSignal());
                  HttpAnswer answer =
                      transport.send(
                          "GET", URI.create("http://" + plainHost() + "/slow"), Map.of())) {
                answer.upTo(1_000_000);
              } catch (IOException slow) {
                throw NetworkFailure.of("ask", plainHost(), slow);
              }
            });
    assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(e)
        .hasMessageMatching("ask: too slow: \\d+ bytes in \\d.\\d s, less than 100000 bytes/s");
  }

  @Test
  void adviceOnACertificateHoldsForServersThatAreNoRegistryToo() {
    SSLHandshakeException cause = new SSLHandshakeException("PKIX path building failed");
    cause.initCause(new CertificateException("unknown"));

    assertThat(NetworkFailure.of("read project", "git.example.com", cause).hint())
        .contains("--ca-file")
        .doesNotContain("--insecure-skip-tls-verify");
  }
}
