package dev.tare.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts entries with little memory: a buffer of a few megabytes is sorted when it is full and kept
 * as deflated run; at the end the runs are merged. A path's last entry wins.
 */
final class IndexBuilder {
  private static final int BUFFER_BYTES = 4 << 20;
  private static final int BUFFER_ENTRIES = 64 << 10;

  /** {@code path length · path · payload} of each entry since the last run. */
  private final ByteSink buffer = new ByteSink(64 << 10);

  private final ByteSink payload = new ByteSink(256);
  private final List<byte[]> runs = new ArrayList<>();
  private int[] starts = new int[1_024];
  private int buffered;
  private long firstSequence;

  void add(LayerEntry entry) {
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

  /** The index of all that was added. */
  LayerIndex build() {
    spill();
    PriorityQueue<SortedReader> heads =
        new PriorityQueue<>(Math.max(1, runs.size()), IndexBuilder::compareHeads);
    for (byte[] run : runs) {
      SortedReader reader = new SortedReader(run);
      if (reader.next()) {
        heads.add(reader);
      }
    }
    try (SortedWriter writer = new SortedWriter()) {
      LastOneWins entries = new LastOneWins(writer);
      for (SortedReader head = heads.poll(); head != null; head = heads.poll()) {
        entries.take(head);
        if (head.next()) {
          heads.add(head);
        }
      }
      entries.flush();
      return new PackedIndex(writer.records(), writer.finish());
    }
  }

  private static int compareHeads(SortedReader a, SortedReader b) {
    int paths = PathBytes.compare(a.path(), 0, a.pathLength(), b.path(), 0, b.pathLength());
    return paths != 0 ? paths : Long.compare(a.sequence(), b.sequence());
  }

  private void spill() {
    if (buffered == 0) {
      return;
    }
    Place[] records = new Place[buffered];
    for (int i = 0; i < buffered; i++) {
      ByteCursor cursor = new ByteCursor(buffer.array(), starts[i], buffer.length() - starts[i]);
      int length = cursor.count();
      records[i] = new Place(firstSequence + i, cursor.skip(length), length);
    }
    byte[] bytes = buffer.array();
    // Stable, and quick on what is sorted already, as most layers are.
    Arrays.sort(
        records,
        Comparator.comparing(
            record -> record,
            (a, b) -> PathBytes.compare(bytes, a.at, a.length, bytes, b.at, b.length)));
    try (SortedWriter writer = new SortedWriter()) {
      for (Place record : records) {
        int behind = record.at + record.length;
        ByteCursor cursor = new ByteCursor(bytes, behind, buffer.length() - behind);
        int size = cursor.count();
        writer.add(
            bytes, record.at, record.length, record.sequence, bytes, cursor.position(), size);
      }
      runs.add(writer.finish());
    }
    firstSequence += buffered;
    buffered = 0;
    buffer.clear();
  }

  /** Where a buffered entry's path stands. */
  private record Place(long sequence, int at, int length) {}
}
