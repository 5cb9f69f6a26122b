package dev.tare.cli.terminal;

import dev.tare.batch.Progress;
import dev.tare.batch.Progress.Phase;
import dev.tare.batch.Progress.Snapshot;
import dev.tare.cli.Terminal;
import dev.tare.store.LayerStore;
import dev.tare.text.Bytes;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Shows how far a run is, while it runs: on a terminal one line that is drawn again and again,
 * elsewhere a plain line every few seconds.
 */
public final class ProgressLine {
  private static final String CLEARED = "\r\u001b[K";
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
  public ProgressLine(Progress progress, Terminal terminal) {
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
    String text =
        text(
            snapshot,
            now - startedNanos,
            now - phaseSinceNanos,
            live ? width - 1 : Integer.MAX_VALUE);
    if (live) {
      err.print(CLEARED + TextTable.shortened(text, width - 1));
      err.flush();
    } else {
      err.println(text);
    }
  }

  /**
   * The line for one moment. Time left is said of one phase only, from its own rate: nobody knows
   * how long the next one takes. Where the line is too long, the rate is left out, then the time
   * that has passed.
   *
   * @param phaseNanos since the phase began
   * @param width columns there are
   */
  public static String text(Snapshot s, long elapsedNanos, long phaseNanos, int width) {
    double seconds = phaseNanos / 1e9;
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(s.phase().word(), 0));
    switch (s.phase()) {
      case STARTING, TICKET -> {}
      case ENUMERATE ->
          parts.add(
              new Part(
                  Counted.of(s.repositories(), "repository", "repositories")
                      + ", "
                      + Counted.of(s.images(), "image", "images"),
                  0));
      case SCAN_LAYERS -> {
        parts.add(new Part(s.done() + "/" + s.total(), 0));
        parts.add(
            new Part(Bytes.humanised(s.bytes()) + " of " + Bytes.humanised(s.totalBytes()), 0));
        if (seconds > 0.5 && s.bytes() > 0) {
          double rate = s.bytes() / seconds;
          parts.add(new Part(Bytes.humanised((long) rate) + "/s", 2));
          if (seconds > 2 && s.totalBytes() > s.bytes()) {
            parts.add(left((s.totalBytes() - s.bytes()) / rate));
          }
        }
      }
      case FEEDS -> {
        parts.add(new Part(s.done() + "/" + s.total(), 0));
        if (s.bytes() > 0) {
          parts.add(new Part(Bytes.humanised(s.bytes()), 0));
        }
      }
      case DESCRIBE, EVALUATE, PREDICT, REPORT -> {
        if (s.total() > 0) {
          parts.add(new Part(s.done() + "/" + s.total(), 0));
          if (seconds > 2 && s.done() > 0 && s.done() < s.total()) {
            parts.add(left(seconds / s.done() * (s.total() - s.done())));
          }
        }
      }
    }
    if (s.problems() > 0) {
      parts.add(new Part(Counted.of(s.problems(), "problem", "problems"), 0));
    }
    parts.add(new Part(time(TimeUnit.NANOSECONDS.toSeconds(elapsedNanos)), 1));
    for (int spare = 2; spare > 0 && joined(parts).length() > width; spare--) {
      int least = spare;
      parts.removeIf(part -> part.spare() == least);
    }
    return joined(parts);
  }

  /** Says, on a line that stays, what is read again and why. */
  public static void readAgain(LayerStore.Outdated layers, Terminal terminal) {
    terminal.err().println((terminal.showsProgress() ? CLEARED : "") + readAgain(layers));
    terminal.err().flush();
  }

  /** {@code 3 layers (120 MB) are read again: the reader of rpm changed}. */
  static String readAgain(LayerStore.Outdated layers) {
    String what =
        Counted.of(layers.layers(), "layer")
            + " ("
            + Bytes.humanised(layers.bytes())
            + (layers.layers() == 1 ? ") is" : ") are")
            + " read again: ";
    if (layers.readers().isEmpty()) {
      return what + "links lead to files whose content was not kept";
    }
    return what
        + "the reader"
        + (layers.readers().size() == 1 ? "" : "s")
        + " of "
        + String.join(", ", layers.readers())
        + " changed";
  }

  /** Words of the line; what has the highest number is left out first, zero never. */
  private record Part(String text, int spare) {}

  private static Part left(double seconds) {
    return new Part("about " + time((long) seconds) + " left", 0);
  }

  private static String joined(List<Part> parts) {
    return parts.stream().map(Part::text).collect(Collectors.joining("  "));
  }

  private static String time(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : seconds < 3600
            ? seconds / 60 + " min " + seconds % 60 + " s"
            : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
  }

  /** Ends the showing. */
  public void stop() {
    thread.interrupt();
    synchronized (this) {
      if (live) {
        err.print(CLEARED);
        err.flush();
      }
    }
  }
}
