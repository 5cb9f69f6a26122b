package dev.tare.registry;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;

/**
 * How a registry is spoken to.
 *
 * @param plainHttp whether without TLS
 * @param insecureSkipTlsVerify whether any certificate is taken for good
 * @param connectTimeout for a connection and its TLS handshake
 * @param readTimeout for the first and for every following part of an answer
 * @param pageSize repositories or tags a page, {@code n}; Distribution refuses more than 1000
 * @param retries how often a request that failed in passing is sent again, and how often a blob
 *     whose connection was lost is resumed
 * @param backoff the wait before the first retry, doubled before each following one
 * @param longestWait the longest wait before a retry; a registry that asks for more ({@code
 *     Retry-After}) is not waited for
 * @param connectionsPerHost open connections to one host at a time; further requests queue
 * @param userAgent what the registry's log shows
 */
public record RegistryOptions(
    PlainHttp plainHttp,
    boolean insecureSkipTlsVerify,
    Duration connectTimeout,
    Duration readTimeout,
    int pageSize,
    int retries,
    Duration backoff,
    Duration longestWait,
    int connectionsPerHost,
    String userAgent) {

  /** Checks the ranges; throws USAGE with the name of the value that is out of range. */
  public RegistryOptions {
    require(pageSize >= 1, "page size", pageSize, "1 or more");
    require(retries >= 0, "retries", retries, "0 or more");
    require(connectionsPerHost >= 1, "connections per host", connectionsPerHost, "1 or more");
    require(connectTimeout.isPositive(), "connect timeout", connectTimeout, "more than 0");
    require(readTimeout.isPositive(), "read timeout", readTimeout, "more than 0");
    require(!backoff.isNegative(), "backoff", backoff, "0 or more");
    require(!longestWait.isNegative(), "longest wait", longestWait, "0 or more");
  }

  /** What suits most registries. */
  public static RegistryOptions defaults() {
    return new RegistryOptions(
        PlainHttp.AUTO,
        false,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        1000,
        4,
        Duration.ofMillis(500),
        Duration.ofSeconds(60),
        16,
        "tare");
  }

  /** The same with another choice between plain HTTP and HTTPS. */
  public RegistryOptions withPlainHttp(PlainHttp value) {
    return new RegistryOptions(
        value,
        insecureSkipTlsVerify,
        connectTimeout,
        readTimeout,
        pageSize,
        retries,
        backoff,
        longestWait,
        connectionsPerHost,
        userAgent);
  }

  /** The same, with certificates verified or not. */
  public RegistryOptions withInsecureSkipTlsVerify(boolean value) {
    return new RegistryOptions(
        plainHttp,
        value,
        connectTimeout,
        readTimeout,
        pageSize,
        retries,
        backoff,
        longestWait,
        connectionsPerHost,
        userAgent);
  }

  /** The same with other timeouts. */
  public RegistryOptions withTimeouts(Duration connect, Duration read) {
    return new RegistryOptions(
        plainHttp,
        insecureSkipTlsVerify,
        connect,
        read,
        pageSize,
        retries,
        backoff,
        longestWait,
        connectionsPerHost,
        userAgent);
  }

  /** The same with another page size. */
  public RegistryOptions withPageSize(int value) {
    return new RegistryOptions(
        plainHttp,
        insecureSkipTlsVerify,
        connectTimeout,
        readTimeout,
        value,
        retries,
        backoff,
        longestWait,
        connectionsPerHost,
        userAgent);
  }

  /** The same with another number of retries and another first wait. */
  public RegistryOptions withRetries(int count, Duration firstWait) {
    return new RegistryOptions(
        plainHttp,
        insecureSkipTlsVerify,
        connectTimeout,
        readTimeout,
        pageSize,
        count,
        firstWait,
        longestWait,
        connectionsPerHost,
        userAgent);
  }

  /** The same with another bound on waiting. */
  public RegistryOptions withLongestWait(Duration value) {
    return new RegistryOptions(
        plainHttp,
        insecureSkipTlsVerify,
        connectTimeout,
        readTimeout,
        pageSize,
        retries,
        backoff,
        value,
        connectionsPerHost,
        userAgent);
  }

  /** The same with another bound on connections. */
  public RegistryOptions withConnectionsPerHost(int value) {
    return new RegistryOptions(
        plainHttp,
        insecureSkipTlsVerify,
        connectTimeout,
        readTimeout,
        pageSize,
        retries,
        backoff,
        longestWait,
        value,
        userAgent);
  }

  /** The same with another user agent. */
  public RegistryOptions withUserAgent(String value) {
    return new RegistryOptions(
        plainHttp,
        insecureSkipTlsVerify,
        connectTimeout,
        readTimeout,
        pageSize,
        retries,
        backoff,
        longestWait,
        connectionsPerHost,
        value);
  }

  private static void require(boolean holds, String name, Object actual, String expected) {
    if (!holds) {
      throw new TareException(
          FailureKind.USAGE, "registry " + name + " " + actual + ": expected " + expected);
    }
  }
}
