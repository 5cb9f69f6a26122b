package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;

/**
 * What is tried again.
 *
 * @param count how often a request that failed in passing is sent again, and how often a transfer
 *     that was lost is resumed
 * @param firstWait the wait before the first retry, doubled before each following one
 * @param longestWait the longest wait before a retry; a server that asks for more ({@code
 *     Retry-After}) is not waited for
 */
public record Retries(int count, Duration firstWait, Duration longestWait) {
  /** Throws USAGE where one is negative. */
  public Retries {
    if (count < 0 || firstWait.isNegative() || longestWait.isNegative()) {
      throw new TareException(
          FailureKind.USAGE,
          "retries " + count + ", " + firstWait + ", " + longestWait + ": expected 0 or more");
    }
  }
}
