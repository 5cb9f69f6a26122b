package dev.tare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.http.HttpOptions;
import dev.tare.stop.StopSignal;
import dev.tare.testing.SampleRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushgatewayTest {
  @TempDir Path directory;

  private record Received(String method, String path, @Nullable String login, String body) {}

  private final SampleRun run = SampleRun.small();
  private final List<Received> received = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              new Received(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "'', /metrics/job/tare",
    "/, /metrics/job/tare",
    "/behind/a/proxy/, /behind/a/proxy/metrics/job/tare",
    "/metrics/job/audit/cluster/prod, /metrics/job/audit/cluster/prod",
    "/metrics/job/tare/cluster@base64/YS9i, /metrics/job/tare/cluster@base64/YS9i"
  })
  void gatewayGetsWhatTheMetricsReportHas(String path, String group) throws IOException {
    gateway(host() + path).put(ReportInput.of(run));
    new Reports().write(ReportInput.of(run), directory, List.of("metrics"));
    assertThat(received)
        .containsExactly(
            new Received("PUT", group, null, Files.readString(directory.resolve("metrics.prom"))));
  }

  @Test
  void userAndPasswordAreSentAndNeverShown() {
    String address = host().replace("//", "//tare:s3cr%20et@");
    gateway(address).put(ReportInput.of(run));
    // printf 'tare:s3cr et' | base64
    assertThat(received.getFirst().login()).isEqualTo("Basic dGFyZTpzM2NyIGV0");
    status = 401;
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> gateway(address).put(ReportInput.of(run)))
        .satisfies(e -> assertThat(e.getMessage()).contains("401").doesNotContain("s3cr"));
  }

  @Test
  void refusalSaysWhereAndWhy() {
    status = 400;
    answer = "pushed metrics are invalid\nor inconsistent" + "!".repeat(10_000);
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> gateway(host()).put(ReportInput.of(run)))
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT);
          assertThat(e)
              .hasMessageStartingWith("push metrics to " + host() + "/metrics/job/tare: 400 pushed")
              .hasMessageContaining("invalid or inconsistent");
          assertThat(e.getMessage()).hasSizeLessThan(500);
          assertThat(e.hint()).contains("tare report --push-metrics");
        });
  }

  @Test
  void gatewayThatIsNotThereIsSaid() {
    String gone = host();
    server.stop(0);
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> gateway(gone).put(ReportInput.of(run)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.ENVIRONMENT))
        .withMessageContaining("connection refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pushgateway:9091",
        "ftp://pushgateway",
        "http://",
        "http:///metrics",
        "http://tare:s3cr et@host",
        "http://host?tare=s3cret",
        "http://host#s3cret"
      })
  void whatIsNoAddressIsRefusedWithoutRepeatingIt(String address) {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> gateway(address))
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
          assertThat(e.getMessage()).doesNotContain("s3cr");
          assertThat(e.getCause()).isNull();
        });
  }

  private static Pushgateway gateway(String address) {
    return Pushgateway.at(
        address, HttpOptions.defaults().withRetries(1, Duration.ZERO), new StopSignal());
  }

  private String host() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }
}
