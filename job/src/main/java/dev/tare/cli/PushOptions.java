package dev.tare.cli;

import dev.tare.batch.Session;
import dev.tare.report.Pushgateway;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run's numbers go besides the reports. */
final class PushOptions {
  @Option(
      names = "--push-metrics",
      paramLabel = "URL",
      description =
          "Send the run's numbers to this Prometheus Pushgateway (group job=tare, or the one that"
              + " URL/metrics/job/... names). Default: nowhere.")
  private @Nullable String address;

  /** Sends runs to where the options say. */
  @FunctionalInterface
  interface Push {
    /** Sends a run; null is the last one. */
    void send(Session session, @Nullable String run);
  }

  /** Throws USAGE, before anything is done, where the address is none. */
  Push resolve() {
    String given = address;
    if (given == null || given.isBlank()) {
      return (session, run) -> {};
    }
    Pushgateway gateway = Pushgateway.at(given.strip());
    return (session, run) -> gateway.put(session.results(run));
  }
}
