package dev.tare.demo;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for work that waits for others. They are no virtual ones: a virtual thread that loads a
 * class keeps its carrier, and where each carrier waits for a lock whose owner waits for a carrier,
 * nothing goes on: with two processors, and libraries inside of a jar, the demo hung.
 */
final class DaemonThreads {
  private DaemonThreads() {}

  /** As many as there is work at the same time; none of them keeps the process from ending. */
  static ExecutorService asMany(String name) {
    return Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name(name, 0).factory());
  }
}
