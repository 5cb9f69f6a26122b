package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;

/**
 * How long a server may take.
 *
 * @param connect for a connection and its TLS handshake
 * @param read for the first and for every following part of an answer
 */
public record Timeouts(Duration connect, Duration read) {
  /** Throws USAGE where one is not positive. */
  public Timeouts {
    if (!connect.isPositive() || !read.isPositive()) {
      throw new TareException(
          FailureKind.USAGE, "timeouts " + connect + ", " + read + ": expected more than 0");
    }
  }
}
