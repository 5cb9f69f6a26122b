package dev.tare.report;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.http.Backoff;
import dev.tare.http.BasicHeader;
import dev.tare.http.HttpAnswer;
import dev.tare.http.HttpOptions;
import dev.tare.http.HttpTransport;
import dev.tare.http.NetworkFailure;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One group of metrics in a Prometheus Pushgateway. What is put there takes the place of what the
 * group held, so that a series that is gone from a run is gone from the gateway. Safe for
 * concurrent use.
 *
 * @see <a href="https://github.com/prometheus/pushgateway#put-method">Pushgateway, PUT method</a>
 */
public final class Pushgateway {
  private static final int LONGEST_REASON_BYTES = 300;
  private static final String AGAIN =
      "The run is complete and its reports are written; tare report --push-metrics sends them again.";
  private static final String FORMAT = "metrics";
  private static final String GROUPS = "/metrics/job/";
  private static final String USUAL_GROUP = GROUPS + "tare";

  private final URI group;
  private final @Nullable String login;
  private final HttpOptions options;
  private final StopSignal stop;

  private Pushgateway(URI group, @Nullable String login, HttpOptions options, StopSignal stop) {
    this.group = group;
    this.login = login;
    this.options = options;
    this.stop = stop;
  }

  /**
   * The gateway's address, {@code http://pushgateway:9091}, for the group {@code job="tare"}, or a
   * group's, {@code http://pushgateway:9091/metrics/job/tare/cluster/prod}. A user and password in
   * it are sent as HTTP's basic authentication.
   *
   * @param options how it is reached
   * @param stop cuts off the request
   * @throws TareException USAGE where it is neither
   */
  public static Pushgateway at(String address, HttpOptions options, StopSignal stop) {
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
      return new Pushgateway(group, given.getUserInfo(), options, stop);
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
      throw new TareException(
          FailureKind.ENVIRONMENT, action() + ": " + FileReason.of(e), AGAIN, e);
    }
  }

  private void send(Path metrics) {
    try (HttpTransport transport = new HttpTransport(options, stop)) {
      new Backoff(options.retries(), stop::sleep, InstantSource.system())
          .retrying(stop, () -> send(transport, metrics));
    } catch (TareException e) {
      throw e.retryHelps() ? failed(String.valueOf(e.getMessage()), e) : e;
    }
  }

  private int send(HttpTransport transport, Path metrics) {
    // Gauges alone read the same in OpenMetrics and in the older text format, which is the one that
    // the gateway reads.
    try (HttpAnswer answer =
        transport.put(group, headers(), "text/plain; version=0.0.4; charset=utf-8", metrics)) {
      if (!answer.isSuccess()) {
        // An answer to a login may repeat it.
        throw failed(
            action() + ": " + answer.status() + (login == null ? reason(answer) : ""), null);
      }
      return answer.status();
    } catch (IOException e) {
      TareException failure = NetworkFailure.of(action(), group.getAuthority(), e);
      if (failure.retryHelps()) {
        throw failure;
      }
      throw failed(String.valueOf(failure.getMessage()), failure);
    }
  }

  private Map<String, String> headers() {
    return login == null ? Map.of() : Map.of("Authorization", BasicHeader.of(login));
  }

  private static String reason(HttpAnswer answer) throws IOException {
    String text = new String(answer.upTo(LONGEST_REASON_BYTES), StandardCharsets.UTF_8);
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.isEmpty() ? "" : " " + line;
  }

  private String action() {
    return "push metrics to " + group;
  }

  private static TareException failed(String message, @Nullable TareException cause) {
    String own = cause == null ? null : cause.hint();
    return new TareException(
        FailureKind.ENVIRONMENT, message, own == null ? AGAIN : own + " " + AGAIN, cause);
  }
}
