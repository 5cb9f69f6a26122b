package dev.tare.report;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One group of metrics in a Prometheus Pushgateway. What is put there takes the place of what the
 * group held, so that a series that is gone from a run is gone from the gateway. Safe for
 * concurrent use.
 *
 * @see <a href="https://github.com/prometheus/pushgateway#put-method">Pushgateway, PUT method</a>
 */
public final class Pushgateway {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int LONGEST_REASON_BYTES = 300;
  private static final String FORMAT = "metrics";
  private static final String GROUPS = "/metrics/job/";
  private static final String USUAL_GROUP = GROUPS + "tare";

  private final URI group;
  private final @Nullable String login;

  private Pushgateway(URI group, @Nullable String login) {
    this.group = group;
    this.login = login;
  }

  /**
   * The gateway's address, {@code http://pushgateway:9091}, for the group {@code job="tare"}, or a
   * group's, {@code http://pushgateway:9091/metrics/job/tare/cluster/prod}. A user and password in
   * it are sent as HTTP's basic authentication.
   *
   * @throws TareException USAGE where it is neither
   */
  public static Pushgateway at(String address) {
    try {
      URI given = new URI(address);
      boolean web = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (!web
          || given.getHost() == null
          || given.getRawQuery() != null
          || given.getRawFragment() != null) {
        throw unusable("expected http:// or https://, a host, and at most a path");
      }
      String path = given.getRawPath().replaceFirst("/+$", "");
      String port = given.getPort() < 0 ? "" : ":" + given.getPort();
      URI group =
          new URI(
              given.getScheme()
                  + "://"
                  + given.getHost()
                  + port
                  + (path.contains(GROUPS) ? path : path + USUAL_GROUP));
      return new Pushgateway(group, given.getUserInfo());
    } catch (URISyntaxException e) {
      // The address may hold a password: neither it nor the exception that quotes it is passed on.
      throw unusable(e.getReason() + " at position " + e.getIndex());
    }
  }

  private static TareException unusable(String why) {
    return new TareException(
        FailureKind.USAGE,
        "push metrics: the address is not one of a Pushgateway: " + why,
        "For example http://pushgateway:9091, or http://pushgateway:9091/metrics/job/tare/cluster/prod.");
  }

  /**
   * Replaces the group's metrics by those of this run, the ones that {@code metrics.prom} has.
   *
   * @throws TareException ENVIRONMENT where the gateway is not reached or does not take them
   */
  public void put(ReportInput input) {
    Reports reports = new Reports();
    try {
      Path directory = Files.createTempDirectory("tare-metrics");
      Path file = directory.resolve(reports.fileName(FORMAT));
      try {
        reports.write(input, directory, List.of(FORMAT));
        send(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw failed(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private void send(Path metrics) throws IOException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(request(metrics), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() / 100 != 2) {
          // An answer to a login may repeat it.
          throw failed(response.statusCode() + (login == null ? reason(body) : ""), null);
        }
      }
    } catch (ConnectException e) {
      throw failed("no connection", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted", e);
    }
  }

  private HttpRequest request(Path metrics) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(group)
            .timeout(ANSWER)
            // Gauges alone read the same in OpenMetrics and in the older text format, which is the
            // one that the gateway reads.
            .header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            .PUT(HttpRequest.BodyPublishers.ofFile(metrics));
    if (login != null) {
      byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return request.build();
  }

  private static String reason(InputStream body) throws IOException {
    String text = new String(body.readNBytes(LONGEST_REASON_BYTES), StandardCharsets.UTF_8);
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.isEmpty() ? "" : " " + line;
  }

  private TareException failed(String why, @Nullable Exception cause) {
    return new TareException(
        FailureKind.ENVIRONMENT,
        "push metrics to " + group + ": " + why,
        "The run is complete and its reports are written; tare report --push-metrics sends them again.",
        cause);
  }
}
