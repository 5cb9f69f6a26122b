package dev.tare.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.testing.TlsServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final RegistryOptions OPTIONS =
      RegistryOptions.defaults().withHttp(HttpOptions.defaults().withRetries(1, Duration.ZERO));

  private static TlsServer server;

  @BeforeAll
  static void start(@TempDir Path directory) {
    server =
        TlsServer.start(
            directory,
            exchange -> {
              byte[] body = "{\"tags\":[\"b\",\"a\"]}".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> tags(RegistryOptions options) {
    try (ImageSource source =
        RegistrySources.open(
            server.host(), options, CredentialSource.anonymous(), new StopSignal(), any -> {})) {
      return source.tags("team/app");
    }
  }

  private static RegistryOptions unverified() {
    HttpOptions http = OPTIONS.http();
    return OPTIONS.withHttp(http.withTls(http.tls().withInsecureSkipVerify(true)));
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
    assertThat(e.hint()).contains("--insecure-skip-tls-verify").contains("--ca-file");
  }

  @Test
  void loopbackRegistryThatSpeaksTlsIsUnderstoodWithoutAFlag() {
    assertThat(tags(unverified())).containsExactly("a", "b");
    assertThat(failure(OPTIONS)).hasMessageContaining("TLS certificate of localhost:");
  }

  @Test
  void plainHttpAgainstTlsSuggestsToDropIt() {
    TareException e = failure(OPTIONS.withPlainHttp(PlainHttp.ALWAYS));
    assertThat(e.hint()).contains("rop --plain-http");
  }
}
