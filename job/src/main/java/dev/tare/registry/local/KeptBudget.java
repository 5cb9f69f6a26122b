package dev.tare.registry.local;

/**
 * How much of archives is kept in memory: documents, which are small and read more than once.
 * Layers need not be kept. Safe for concurrent use.
 */
final class KeptBudget {
  private final int longestFileBytes;
  private long leftBytes;

  KeptBudget(int longestFileBytes, long mostBytes) {
    this.longestFileBytes = longestFileBytes;
    this.leftBytes = mostBytes;
  }

  /** For one archive. */
  static KeptBudget ofFile() {
    return new KeptBudget(256 << 10, 16 << 20);
  }

  /** Takes so much of it for a file, where there is room. */
  synchronized boolean take(long bytes) {
    boolean fits = bytes <= longestFileBytes && bytes <= leftBytes;
    leftBytes -= fits ? bytes : 0;
    return fits;
  }
}
