package dev.tare.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one module, each lent to one thread at a time. Unlike the library's own pool it
 * leaves in an instance the base documents that it was evaluated with: settings differ from image
 * to image far less often than facts do, and to read them again costs as much as half of the facts.
 */
final class WasmInstances {
  private final Supplier<PolicyInstance> maker;
  private final Semaphore permits;
  private final Deque<Instance> idle = new ArrayDeque<>();

  /**
   * Instances of one module.
   *
   * @param first an instance that is there already
   * @param max how many there are at most, at least 1
   */
  WasmInstances(PolicyInstance first, Supplier<PolicyInstance> maker, int max) {
    this.maker = maker;
    this.permits = new Semaphore(max);
    this.idle.push(new Instance(first));
  }

  /** An instance that holds base documents, or none yet. Not safe for concurrent use. */
  static final class Instance {
    private final PolicyInstance policy;
    private @Nullable String data;

    private Instance(PolicyInstance policy) {
      this.policy = policy;
    }

    /** The result set, JSON, of an entrypoint for this input on these base documents. */
    String evaluate(String entrypoint, String documents, String input) {
      if (!documents.equals(data)) {
        policy.data(documents);
        data = documents;
      }
      return policy.evaluate(entrypoint, input);
    }
  }

  /**
   * An instance, one with these base documents if there is; waits until one is free. It must be
   * given back or discarded.
   */
  Instance borrow(String documents) throws InterruptedException {
    permits.acquire();
    try {
      Instance taken = take(documents);
      return taken == null ? new Instance(maker.get()) : taken;
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  private synchronized @Nullable Instance take(String documents) {
    for (Iterator<Instance> all = idle.iterator(); all.hasNext(); ) {
      Instance instance = all.next();
      if (documents.equals(instance.data)) {
        all.remove();
        return instance;
      }
    }
    return idle.poll();
  }

  /** Takes back an instance whose evaluation came to its end. */
  void giveBack(Instance instance) {
    synchronized (this) {
      idle.push(instance);
    }
    permits.release();
  }

  /** Drops the idle instances and their memory. */
  synchronized void clear() {
    idle.clear();
  }

  /** Makes room for another instance in place of one whose evaluation was cut off. */
  void discard() {
    permits.release();
  }
}
