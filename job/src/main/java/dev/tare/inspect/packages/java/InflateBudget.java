package dev.tare.inspect.packages.java;

/**
 * How much may yet be read out of a jar and those inside it: a few kilobytes can be made to expand
 * to gigabytes, and a jar inside a jar to a thousand times more.
 */
final class InflateBudget {
  /** Jars, manifests and files about artifacts. */
  static final int MOST_FOUND = 20_000;

  /** Of a jar of any size: a layer may have a great many small ones. */
  private static final long FLOOR = 256L << 10;

  private static final int MOST_EXPANSION = 20;

  private final long bytes;
  private long left;
  private int found;

  /** Of a jar of this size: classes take two to three times as much, text up to ten times. */
  InflateBudget(long sizeBytes) {
    bytes = FLOOR + MOST_EXPANSION * sizeBytes;
    left = bytes;
  }

  /** Whether so many bytes more are within it. */
  boolean spend(long count) {
    left -= count;
    return left >= 0;
  }

  /** Whether one more thing in it may be read. */
  boolean find() {
    return ++found <= MOST_FOUND;
  }

  boolean isSpent() {
    return left < 0;
  }

  @Override
  public String toString() {
    return bytes + " bytes (content of a jar)";
  }
}
