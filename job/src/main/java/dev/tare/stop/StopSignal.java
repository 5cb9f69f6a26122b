package dev.tare.stop;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Raised once, when a signal asks the process to end, and never lowered. Safe for concurrent use.
 */
public final class StopSignal {
  /** Something that is cut off when the signal is raised, as long as it is not closed. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private final CountDownLatch raised = new CountDownLatch(1);
  private final Set<Cut> registered = new LinkedHashSet<>();

  /** Whether the process is to end. */
  public boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Throws where the process is to end. */
  public void check() {
    if (isRaised()) {
      throw new StoppedException("interrupted");
    }
  }

  /** Waits; throws as soon as the process is to end. */
  public void sleep(Duration duration) throws InterruptedException {
    if (raised.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
      check();
    }
  }

  /**
   * Has something cut off when the signal is raised; at once where it has been already.
   *
   * @param cut must neither wait nor fail
   */
  public Registration onRaise(Runnable cut) {
    Cut registration = new Cut(cut);
    synchronized (registered) {
      if (!isRaised()) {
        registered.add(registration);
        return registration;
      }
    }
    cut.run();
    return registration;
  }

  /** Raises the signal, then cuts off what is registered. */
  public void raise() {
    List<Cut> all;
    synchronized (registered) {
      raised.countDown();
      all = List.copyOf(registered);
      registered.clear();
    }
    all.forEach(one -> one.cut.run());
  }

  private final class Cut implements Registration {
    private final Runnable cut;

    Cut(Runnable cut) {
      this.cut = cut;
    }

    @Override
    public void close() {
      synchronized (registered) {
        registered.remove(this);
      }
    }
  }
}
