package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.testing.Programs;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final RegistryOptions OPTIONS =
      RegistryOptions.defaults().withRetries(1, Duration.ZERO);
  private static final char[] PASSWORD = "changeit".toCharArray();

  private static HttpsServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    Path store = directory.resolve("store.p12");
    Programs.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-alias",
        "registry");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(store)) {
      keys.load(stream, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"tags\":[\"b\",\"a\"]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static List<String> tags(RegistryOptions options) {
    try (ImageSource source =
        RegistrySources.open(
            "localhost:" + server.getAddress().getPort(),
            options,
            CredentialSource.anonymous(),
            any -> {})) {
      return source.tags("team/app");
    }
  }

  private static TareException failure(RegistryOptions options) {
    TareException failure = catchThrowableOfType(TareException.class, () -> tags(options));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void unknownCertificateNamesBothWaysOut() {
    TareException e = failure(OPTIONS.withPlainHttp(PlainHttp.NEVER));
    assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
    assertThat(e).hasMessageContaining("TLS certificate of localhost:");
    assertThat(e.hint()).contains("--insecure-skip-tls-verify").contains("truststore");
  }

  @Test
  void loopbackRegistryThatSpeaksTlsIsUnderstoodWithoutAFlag() {
    assertThat(tags(OPTIONS.withInsecureSkipTlsVerify(true))).containsExactly("a", "b");
    assertThat(failure(OPTIONS)).hasMessageContaining("TLS certificate of localhost:");
  }

  @Test
  void plainHttpAgainstTlsSuggestsToDropIt() {
    TareException e = failure(OPTIONS.withPlainHttp(PlainHttp.ALWAYS));
    assertThat(e.hint()).contains("rop --plain-http");
  }
}
