package dev.tare.http;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.time.Duration;

/**
 * The least that a body must bring, measured over the time that it is waited for: a reader that is
 * slow itself is no slow server.
 *
 * @param window over which it is measured, again and again
 */
public record MinimumRate(long bytesPerSecond, Duration window) {
  /** Throws USAGE where the window is not positive. */
  public MinimumRate {
    if (bytesPerSecond < 0 || !window.isPositive()) {
      throw new TareException(
          FailureKind.USAGE,
          "minimum rate " + bytesPerSecond + " bytes/s over " + window + ": expected more than 0");
    }
  }

  /** What must have come when a window is over. */
  long bytesPerWindow() {
    return Math.max(1, (long) (bytesPerSecond * (window.toNanos() / 1e9)));
  }
}
