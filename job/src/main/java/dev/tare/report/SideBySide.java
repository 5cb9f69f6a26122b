package dev.tare.report;

import dev.tare.finding.JudgedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lets formats work at the same time, each on one image after the other, and while the next images
 * are read: one that takes long, an inventory, does not make all the others wait for it on a
 * machine with a second processor. A format is never worked on by two threads at once. For one
 * thread that reads.
 */
final class SideBySide implements AutoCloseable {
  /** Images that are handed over together; as many are read meanwhile. */
  private static final int PAGE = 8;

  private final List<Rendering> renderings;
  private final ExecutorService threads;
  private final List<CompletableFuture<Void>> running = new ArrayList<>();
  private List<JudgedImage> page = new ArrayList<>(PAGE);

  /** Starts a thread for each processor, and no more than there are formats. */
  SideBySide(List<Rendering> renderings) {
    this.renderings = renderings;
    int processors = Runtime.getRuntime().availableProcessors();
    this.threads = Executors.newFixedThreadPool(Math.clamp(renderings.size(), 1, processors));
  }

  /** The next image for each format; waits where the formats are behind. */
  void add(JudgedImage image) {
    page.add(image);
    if (page.size() == PAGE) {
      handOver();
    }
  }

  /** Returns when every format is done with every image. */
  void finish() {
    handOver();
    await();
  }

  private void handOver() {
    await();
    List<JudgedImage> images = page;
    page = new ArrayList<>(PAGE);
    // The last formats are the ones that take longest: they begin first.
    for (Rendering rendering : renderings.reversed()) {
      running.add(CompletableFuture.runAsync(() -> images.forEach(rendering::image), threads));
    }
  }

  private void await() {
    running.forEach(CompletableFuture::join);
    running.clear();
  }

  @Override
  public void close() {
    threads.close();
  }
}
