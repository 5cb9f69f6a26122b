package dev.tare.inspect.packages.go;

import dev.tare.inspect.content.FileWindow;

/**
 * Looks for what a Go program was built of through its writable data, as that streams by, and keeps
 * what follows. It stands at the beginning of the data, but behind all constants with pointers
 * where the program can be moved: 18 MB behind in a docker.
 */
public final class GoDataReader {
  /** No list of modules is larger. */
  public static final int LARGEST = 1 << 20;

  private final long start;
  private final long end;
  private final long size;

  /** A place that lies across two pieces. */
  private final byte[] split = new byte[GoBuildInfo.ALIGNMENT];

  private int splitLength;
  private FileWindow found = FileWindow.NONE;

  /**
   * Looks from {@code start}, which is aligned, to {@code end}.
   *
   * @param size of the file
   */
  public GoDataReader(long start, long end, long size) {
    this.start = start;
    this.end = end;
    this.size = size;
  }

  public void take(byte[] piece, int offset, int length, long at) {
    if (found.bytes().length == 0 && at + length > start && at < end) {
      search(piece, offset, length, at);
    }
    found.take(piece, offset, length, at);
  }

  private void search(byte[] piece, int offset, int length, long at) {
    if (splitLength > 0) {
      int missing = Math.min(split.length - splitLength, length);
      System.arraycopy(piece, offset, split, splitLength, missing);
      splitLength += missing;
      if (splitLength < split.length) {
        return;
      }
      splitLength = 0;
      if (GoBuildInfo.standsAt(split, 0)) {
        keep(at + missing - split.length);
        found.take(split, 0, split.length, at + missing - split.length);
        return;
      }
    }
    long aligned = at + Math.floorMod(-at, (long) split.length);
    int place = (int) (Math.max(start, aligned) - at);
    for (; place + split.length <= length; place += split.length) {
      if (GoBuildInfo.standsAt(piece, offset + place)) {
        keep(at + place);
        return;
      }
    }
    if (place < length) {
      splitLength = length - place;
      System.arraycopy(piece, offset + place, split, 0, splitLength);
    }
  }

  private void keep(long place) {
    found = FileWindow.of(place, LARGEST, size);
  }

  /** What was found, and what follows it; empty where there is none. */
  public byte[] found() {
    return found.bytes();
  }
}
