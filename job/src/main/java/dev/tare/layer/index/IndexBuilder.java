package dev.tare.layer.index;

import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts entries with little memory: a buffer of a few megabytes is sorted when it is full and kept
 * as deflated run; at the end the runs are merged with what is left in the buffer. A path's last
 * entry wins.
 */
public final class IndexBuilder {
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int BUFFER_ENTRIES = 64 << 10;

  /** {@code path length · path · payload} of each entry since the last run. */
  private final ByteSink buffer = new ByteSink(64 << 10);

  private final ByteSink payload = new ByteSink(256);
  private final List<byte[]> runs = new ArrayList<>();
  private int[] starts = new int[1_024];
  private int buffered;
  private long firstSequence;

  public void add(LayerEntry entry) {
    if (buffered == BUFFER_ENTRIES || buffer.length() >= BUFFER_BYTES) {
      spill();
    }
    if (buffered == starts.length) {
      starts = Arrays.copyOf(starts, 2 * buffered);
    }
    starts[buffered++] = buffer.length();
    buffer.text(entry.path());
    payload.clear();
    EntryCodec.encode(entry, payload);
    buffer.number(payload.length());
    buffer.raw(payload.array(), 0, payload.length());
  }

  /** The index of all that was added; called once. */
  public LayerIndex build() {
    PriorityQueue<SortedRun> heads =
        new PriorityQueue<>(runs.size() + 1, IndexBuilder::compareHeads);
    for (byte[] run : runs) {
      SortedReader reader = new SortedReader(run);
      if (reader.next()) {
        heads.add(reader);
      }
    }
    SortedRun last = buffered();
    if (last.next()) {
      heads.add(last);
    }
    try (SortedWriter writer = new SortedWriter()) {
      LastOneWins entries = new LastOneWins(writer);
      for (SortedRun head = heads.poll(); head != null; head = heads.poll()) {
        entries.take(head);
        if (head.next()) {
          heads.add(head);
        }
      }
      entries.flush();
      return new PackedIndex(writer.records(), writer.finish());
    }
  }

  private static int compareHeads(SortedRun a, SortedRun b) {
    int paths =
        PathBytes.compare(
            a.path(), a.pathAt(), a.pathLength(), b.path(), b.pathAt(), b.pathLength());
    return paths != 0 ? paths : Long.compare(a.sequence(), b.sequence());
  }

  private SortedRun buffered() {
    return new BufferedRun(buffer, starts, buffered, firstSequence);
  }

  private void spill() {
    SortedRun run = buffered();
    try (SortedWriter writer = new SortedWriter()) {
      while (run.next()) {
        writer.add(
            run.path(),
            run.pathAt(),
            run.pathLength(),
            run.sequence(),
            run.payload(),
            run.payloadAt(),
            run.payloadLength());
      }
      runs.add(writer.finish());
    }
    firstSequence += buffered;
    buffered = 0;
    buffer.clear();
  }
}
