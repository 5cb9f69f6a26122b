package dev.tare.policy;

import java.time.Duration;

/**
 * Bounds of one evaluation of one bundle on one image.
 *
 * @param memoryBytes the module's memory; it grows to what the largest input needs, and stays
 * @param timeout wall clock
 */
public record EvaluationLimits(long memoryBytes, Duration timeout) {
  /** 256 MiB, 20 seconds: the library needs 5 MiB and milliseconds. */
  public static final EvaluationLimits DEFAULT =
      new EvaluationLimits(256L << 20, Duration.ofSeconds(20));
}
