package dev.tare.layer.index;

import java.util.Arrays;
import java.util.Comparator;

/** Sorts what {@link IndexBuilder} has buffered, {@code path length · path · payload} each. */
final class BufferedRun implements SortedRun {
  private final byte[] bytes;
  private final Place[] places;
  private int next;
  private Place current = new Place(0, 0, 0, 0, 0);

  /** Where a record's path and payload stand. */
  private record Place(
      long sequence, int pathAt, int pathLength, int payloadAt, int payloadLength) {}

  /**
   * Over the buffer, which must not change any more.
   *
   * @param starts where the records begin, {@code count} of them
   * @param firstSequence place of the first one in the tar
   */
  BufferedRun(ByteSink buffer, int[] starts, int count, long firstSequence) {
    this.bytes = buffer.array();
    this.places = new Place[count];
    for (int i = 0; i < count; i++) {
      ByteCursor cursor = new ByteCursor(bytes, starts[i], buffer.length() - starts[i]);
      int pathLength = cursor.count();
      int pathAt = cursor.skip(pathLength);
      int payloadLength = cursor.count();
      places[i] =
          new Place(firstSequence + i, pathAt, pathLength, cursor.position(), payloadLength);
    }
    // Stable, and quick on what is sorted already, as most layers are.
    Comparator<Place> byPath =
        (a, b) -> PathBytes.compare(bytes, a.pathAt, a.pathLength, bytes, b.pathAt, b.pathLength);
    Arrays.sort(places, byPath);
  }

  @Override
  public boolean next() {
    if (next == places.length) {
      return false;
    }
    current = places[next++];
    return true;
  }

  @Override
  public byte[] path() {
    return bytes;
  }

  @Override
  public int pathAt() {
    return current.pathAt;
  }

  @Override
  public int pathLength() {
    return current.pathLength;
  }

  @Override
  public long sequence() {
    return current.sequence;
  }

  @Override
  public byte[] payload() {
    return bytes;
  }

  @Override
  public int payloadAt() {
    return current.payloadAt;
  }

  @Override
  public int payloadLength() {
    return current.payloadLength;
  }
}
