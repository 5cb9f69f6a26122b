package dev.tare.cli;

import dev.tare.batch.Progress;
import dev.tare.batch.Progress.Phase;
import dev.tare.batch.Progress.Snapshot;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a run is, while it runs: on a terminal one line that is drawn again and again,
 * elsewhere a plain line every few seconds.
 */
final class ProgressLine {
  private static final Duration REDRAW = Duration.ofMillis(120);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private final Progress progress;
  private final PrintWriter err;
  private final boolean live;
  private final int width;
  private final Thread thread;
  private final long startedNanos = System.nanoTime();
  private Phase phase = Phase.STARTING;
  private long phaseSinceNanos;

  /** Begins to show. */
  ProgressLine(Progress progress, Terminal terminal) {
    this.progress = progress;
    this.err = terminal.err();
    this.live = terminal.showsProgress();
    this.width = terminal.width();
    this.thread = Thread.ofPlatform().daemon().name("progress").start(this::show);
  }

  private void show() {
    try {
      while (true) {
        Thread.sleep(live ? REDRAW : PLAIN);
        draw();
      }
    } catch (InterruptedException e) {
      // Closed: the end of the run is the end of this thread.
    }
  }

  private synchronized void draw() {
    long now = System.nanoTime();
    Snapshot snapshot = progress.snapshot();
    if (snapshot.phase() != phase) {
      phase = snapshot.phase();
      phaseSinceNanos = now;
    }
    String text = text(snapshot, now - startedNanos, now - phaseSinceNanos);
    if (live) {
      err.print("\r\u001b[K" + TextTable.shortened(text, width - 1));
      err.flush();
    } else {
      err.println(text);
    }
  }

  /**
   * The line for one moment. Time left is said of one phase only, from its own rate: nobody knows
   * how long the next one takes.
   *
   * @param phaseNanos since the phase began
   */
  static String text(Snapshot s, long elapsedNanos, long phaseNanos) {
    StringBuilder line = new StringBuilder(s.phase().word());
    switch (s.phase()) {
      case STARTING -> {}
      case ENUMERATE ->
          line.append("  ")
              .append(Counted.of(s.repositories(), "repository", "repositories"))
              .append(", ")
              .append(Counted.of(s.images(), "image", "images"));
      case SCAN_LAYERS -> {
        line.append("  ").append(s.done()).append("/").append(s.total());
        line.append("  ").append(Bytes.humanised(s.bytes()));
        line.append(" of ").append(Bytes.humanised(s.totalBytes()));
        double seconds = phaseNanos / 1e9;
        if (seconds > 0.5 && s.bytes() > 0) {
          double rate = s.bytes() / seconds;
          line.append("  ").append(Bytes.humanised((long) rate)).append("/s");
          if (seconds > 2 && s.totalBytes() > s.bytes()) {
            line.append("  about ").append(time((long) ((s.totalBytes() - s.bytes()) / rate)));
            line.append(" left");
          }
        }
      }
      case DESCRIBE, EVALUATE, REPORT -> {
        if (s.total() > 0) {
          line.append("  ").append(s.done()).append("/").append(s.total());
          double seconds = phaseNanos / 1e9;
          if (seconds > 2 && s.done() > 0 && s.done() < s.total()) {
            long left = (long) (seconds / s.done() * (s.total() - s.done()));
            line.append("  about ").append(time(left)).append(" left");
          }
        }
      }
      case TICKET -> {}
    }
    if (s.problems() > 0) {
      line.append("  ").append(Counted.of(s.problems(), "problem", "problems"));
    }
    return line.append("  ").append(time(TimeUnit.NANOSECONDS.toSeconds(elapsedNanos))).toString();
  }

  private static String time(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** Ends the showing. */
  void stop() {
    thread.interrupt();
    synchronized (this) {
      if (live) {
        err.print("\r\u001b[K");
        err.flush();
      }
    }
  }
}
