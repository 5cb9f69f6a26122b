package dev.tare.policy;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that opened it when the time is up, unless it is closed before. The
 * interrupt never outlives it.
 */
final class Deadline implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Thread thread = Thread.currentThread();
  private final ScheduledFuture<?> alarm;
  private boolean closed;
  private boolean passed;

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("policy-deadline").factory());
    // Else each evaluation would leave its alarm behind until the time is up.
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  private Deadline(Duration time) {
    alarm = CLOCK.schedule(this::fire, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  static Deadline in(Duration time) {
    return new Deadline(time);
  }

  /** Whether the time was up. */
  synchronized boolean passed() {
    return passed;
  }

  private synchronized void fire() {
    if (!closed) {
      passed = true;
      thread.interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    alarm.cancel(false);
    if (passed) {
      Thread.interrupted();
    }
  }
}
