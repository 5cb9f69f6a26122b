package dev.tare.registry.local;

import dev.tare.registry.protocol.BoundedStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of an archive that is had as a stream only, for several readers: the stream is read
 * once, and whoever wants a file has it when its turn comes. What comes before anybody wants it is
 * passed over; for that, the stream is opened again. One file is read at a time. Safe for
 * concurrent use, as long as no thread opens a second file before it has closed the first.
 */
final class SharedPass {
  /** Opens the archive. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  private final Opening opening;
  private final Map<String, Integer> wanted = new HashMap<>();

  /** The pass in which a file has come last. */
  private final Map<String, Integer> came = new HashMap<>();

  private @Nullable Pass pass;
  private int passes;

  /** The file that the pass stands at, until the reader that wants it takes it. */
  private ArchiveEntries.@Nullable Entry offered;

  /** Whether a thread moves the pass on, or reads the file at which it stands. */
  private boolean busy;

  SharedPass(Opening opening) {
    this.opening = opening;
  }

  private record Pass(InputStream in, ArchiveEntries walk) {}

  /**
   * The file from its first byte, as soon as it comes; closing it lets the others go on.
   *
   * @throws FileNotFoundException where the whole archive has no such file
   */
  InputStream open(String name) throws IOException {
    int before = register(name);
    try {
      while (true) {
        ArchiveEntries.Entry mine = turn(name);
        if (mine != null) {
          return new Part(mine.sizeBytes());
        }
        move(name, before);
      }
    } finally {
      unregister(name);
    }
  }

  private synchronized int register(String name) {
    wanted.merge(name, 1, Integer::sum);
    return passes;
  }

  private synchronized void unregister(String name) {
    wanted.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
    // An offer that nobody is left to take must not keep the others waiting.
    if (offered != null && !wanted.containsKey(offered.name())) {
      drop();
    }
    notifyAll();
  }

  /** Waits for the file, which it returns, or to be the one who moves on: null. */
  private synchronized ArchiveEntries.@Nullable Entry turn(String name) throws IOException {
    while (true) {
      ArchiveEntries.Entry at = offered;
      if (at != null && at.name().equals(name)) {
        offered = null;
        busy = true;
        return at;
      }
      if (at == null && !busy) {
        busy = true;
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for " + LocalNames.shown(name), e);
      }
    }
  }

  /** Moves on to the next file that somebody wants. */
  private void move(String name, int before) throws IOException {
    boolean moved = false;
    try {
      Pass at = pass;
      if (at == null) {
        InputStream in = opening.open();
        at = begin(in);
      }
      ArchiveEntries.Entry entry = at.walk().next();
      while (entry != null && (entry.linkTarget() != null || !isWanted(entry.name()))) {
        at.walk().pass(entry.sizeBytes());
        entry = at.walk().next();
      }
      if (entry == null) {
        end(name, before);
      }
      offer(entry);
      moved = true;
    } finally {
      if (!moved) {
        giveUp();
      }
    }
  }

  private synchronized Pass begin(InputStream in) {
    passes++;
    Pass begun = new Pass(in, new ArchiveEntries(in));
    pass = begun;
    return begun;
  }

  private synchronized boolean isWanted(String name) {
    return wanted.containsKey(name);
  }

  /**
   * What was wanted before the pass began and did not come, to another reader neither, is not
   * there.
   */
  private synchronized void end(String name, int before) throws FileNotFoundException {
    drop();
    if (passes > Math.max(before, came.getOrDefault(name, 0))) {
      throw new FileNotFoundException("there is no file " + LocalNames.shown(name));
    }
  }

  private synchronized void offer(ArchiveEntries.@Nullable Entry entry) {
    offered = entry;
    if (entry != null) {
      came.put(entry.name(), passes);
    }
    busy = false;
    notifyAll();
  }

  private synchronized void giveUp() {
    drop();
    busy = false;
    notifyAll();
  }

  /** Ends the pass, so that the next file is looked for from the beginning. */
  private void drop() {
    Pass ended = pass;
    pass = null;
    offered = null;
    if (ended != null) {
      try {
        ended.in().close();
      } catch (IOException e) {
        // Nothing more is read from it.
      }
    }
  }

  /** Closes the stream where nobody reads or waits. */
  synchronized void rest() {
    if (!busy && wanted.isEmpty()) {
      drop();
    }
  }

  /** The file that is being read. */
  private final class Part extends InputStream {
    private final long sizeBytes;
    private final BoundedStream content;
    private final Pass of;
    private long count;
    private boolean closed;

    Part(long sizeBytes) {
      Pass at = pass;
      if (at == null) {
        throw new IllegalStateException("no pass stands at the file");
      }
      this.sizeBytes = sizeBytes;
      this.of = at;
      this.content = new BoundedStream(at.in(), sizeBytes);
    }

    @Override
    public int read() throws IOException {
      int b = content.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = content.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }

    /** Whoever stops reading before the end does not trust what follows. */
    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      boolean whole = false;
      try {
        if (count == sizeBytes) {
          of.walk().passed(sizeBytes);
          whole = true;
        }
      } finally {
        if (whole) {
          offer(null);
        } else {
          giveUp();
        }
      }
    }
  }
}
