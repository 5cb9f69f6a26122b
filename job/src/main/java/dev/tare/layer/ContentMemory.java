package dev.tare.layer;

import java.util.concurrent.Semaphore;

/**
 * The memory that contents of files may take while they are read, over all layers that are read at
 * once. Who needs more than is free waits; who waits holds nothing of it, so that somebody always
 * goes on. What one file may take does not depend on what else is read: the same layer has the same
 * gaps each time. Safe for concurrent use.
 */
public final class ContentMemory {
  private static final int UNIT = 1 << 10;

  private final int units;
  private final Semaphore free;

  /** So much memory. */
  public ContentMemory(long bytes) {
    units = Math.clamp(bytes / UNIT, 1, Integer.MAX_VALUE);
    free = new Semaphore(units, true);
  }

  /** A third of the heap: the rest holds what is made of the contents, and policies. */
  public static ContentMemory ofHeap() {
    return new ContentMemory(Runtime.getRuntime().maxMemory() / 3);
  }

  /** What one file may take at most. */
  public long bytes() {
    return (long) units * UNIT;
  }

  /** Takes so many bytes, no more than {@link #bytes}, as soon as they are free. */
  public void take(long bytes) {
    free.acquireUninterruptibly(units(bytes));
  }

  /** Gives back what was taken. */
  public void giveBack(long bytes) {
    free.release(units(bytes));
  }

  private int units(long bytes) {
    return Math.clamp((bytes + UNIT - 1) / UNIT, 0, units);
  }
}
