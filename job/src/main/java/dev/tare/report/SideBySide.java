package dev.tare.report;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Lets formats work at the same time, each on one image after the other: one that takes long, an
 * inventory, does not make all the others wait for it on a machine with a second processor. A
 * format is never worked on by two threads at once.
 */
public final class SideBySide implements AutoCloseable {
  private final List<Rendering> renderings;
  private final ExecutorService threads;

  /** Starts a thread for each processor, and no more than there are formats. */
  public SideBySide(List<Rendering> renderings) {
    this.renderings = renderings;
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads = Executors.newFixedThreadPool(Math.clamp(renderings.size(), 1, processors));
  }

  /** Does this with each format, and returns when it is done with all of them. */
  void onEach(Consumer<Rendering> step) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    // The last formats are the ones that take longest: they begin first.
    for (Rendering rendering : renderings.reversed()) {
      running.add(CompletableFuture.runAsync(() -> step.accept(rendering), threads));
    }
    running.forEach(CompletableFuture::join);
  }

  @Override
  public void close() {
    threads.close();
  }
}
