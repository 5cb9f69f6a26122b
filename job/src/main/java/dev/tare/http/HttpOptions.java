package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;

/**
 * How servers are spoken to.
 *
 * @param connectionsPerHost open connections to one host at a time; further requests queue
 */
public record HttpOptions(
    TlsOptions tls,
    Proxies proxies,
    Timeouts timeouts,
    MinimumRate minimumRate,
    Retries retries,
    int connectionsPerHost) {
  /** Throws USAGE where there is to be no connection. */
  public HttpOptions {
    if (connectionsPerHost < 1) {
      throw new TareException(
          FailureKind.USAGE, "connections per host " + connectionsPerHost + ": expected 1 or more");
    }
  }

  /** What suits most servers. */
  public static HttpOptions defaults() {
    return new HttpOptions(
        TlsOptions.defaults(),
        Proxies.NONE,
        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60)),
        new MinimumRate(1024, Duration.ofSeconds(60)),
        new Retries(4, Duration.ofMillis(500), Duration.ofSeconds(60)),
        16);
  }

  /** The same with other trust. */
  public HttpOptions withTls(TlsOptions value) {
    return new HttpOptions(value, proxies, timeouts, minimumRate, retries, connectionsPerHost);
  }

  /** The same through other proxies. */
  public HttpOptions withProxies(Proxies value) {
    return new HttpOptions(tls, value, timeouts, minimumRate, retries, connectionsPerHost);
  }

  /** The same with other timeouts. */
  public HttpOptions withTimeouts(Duration connect, Duration read) {
    return new HttpOptions(
        tls, proxies, new Timeouts(connect, read), minimumRate, retries, connectionsPerHost);
  }

  /** The same with another minimum rate. */
  public HttpOptions withMinimumRate(long bytesPerSecond, Duration window) {
    return new HttpOptions(
        tls,
        proxies,
        timeouts,
        new MinimumRate(bytesPerSecond, window),
        retries,
        connectionsPerHost);
  }

  /** The same with another number of retries and another first wait. */
  public HttpOptions withRetries(int count, Duration firstWait) {
    return new HttpOptions(
        tls,
        proxies,
        timeouts,
        minimumRate,
        new Retries(count, firstWait, retries.longestWait()),
        connectionsPerHost);
  }

  /** The same with another bound on connections. */
  public HttpOptions withConnectionsPerHost(int value) {
    return new HttpOptions(tls, proxies, timeouts, minimumRate, retries, value);
  }
}
