package dev.tare.store;

import dev.tare.error.TareException;

/** Shows that no other process works on a run. Closed when the run has ended. */
public interface RunLock extends AutoCloseable {
  /**
   * Is called before anything of the run is written; from any thread.
   *
   * @throws TareException ENVIRONMENT where another process took the run over
   */
  void requireHeld();

  /** Gives the lock back. */
  @Override
  void close();

  /** Of a state that only this process has open. */
  static RunLock unshared() {
    return new RunLock() {
      @Override
      public void requireHeld() {}

      @Override
      public void close() {}
    };
  }
}
