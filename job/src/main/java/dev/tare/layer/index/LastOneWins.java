package dev.tare.layer.index;

import java.util.Arrays;

/**
 * Takes entries sorted by path, then by their place in the tar, and writes what is left of them
 * after unpacking: of each path at most one marker and one other entry, the last one. Of two
 * markers of one path the whiteout stays, which hides more. What stood below a directory that
 * something else replaced later is gone.
 */
final class LastOneWins {
  private final SortedWriter writer;
  private byte[] path = new byte[256];
  private int pathLength = -1;
  private byte[] marker = new byte[0];
  private byte[] entry = new byte[0];
  private long replacedAt;

  /** The path of the entry that is no directory, and its place in the tar. */
  private byte[] cover = new byte[0];

  private int coverLength = -1;
  private long coverSequence;

  LastOneWins(SortedWriter writer) {
    this.writer = writer;
  }

  void take(SortedRun head) {
    if (head.pathLength() != pathLength
        || !Arrays.equals(
            head.path(), head.pathAt(), head.pathAt() + pathLength, path, 0, pathLength)) {
      flush();
      start(head);
    }
    if (isCovered(head)) {
      return;
    }
    byte[] payload =
        Arrays.copyOfRange(
            head.payload(), head.payloadAt(), head.payloadAt() + head.payloadLength());
    switch (EntryCodec.type(payload[0])) {
      case WHITEOUT -> marker = payload;
      case OPAQUE -> marker = marker.length == 0 ? payload : marker;
      case DIRECTORY -> entry = payload;
      case FILE, SYMLINK, HARD_LINK, SPECIAL -> {
        entry = payload;
        replacedAt = head.sequence();
      }
    }
  }

  /** Writes what is left of the last path. */
  void flush() {
    if (marker.length > 0) {
      writer.add(path, 0, pathLength, -1, marker, 0, marker.length);
    }
    if (entry.length > 0) {
      writer.add(path, 0, pathLength, -1, entry, 0, entry.length);
    }
    if (replacedAt >= 0 && pathLength >= 0) {
      cover = Arrays.copyOf(path, pathLength);
      coverLength = pathLength;
      coverSequence = replacedAt;
    }
    marker = new byte[0];
    entry = new byte[0];
    replacedAt = -1;
  }

  private void start(SortedRun head) {
    pathLength = head.pathLength();
    if (path.length < pathLength) {
      path = new byte[Math.max(pathLength, 2 * path.length)];
    }
    System.arraycopy(head.path(), head.pathAt(), path, 0, pathLength);
    replacedAt = -1;
  }

  private boolean isCovered(SortedRun head) {
    return coverLength >= 0
        && head.sequence() < coverSequence
        && head.pathLength() > coverLength
        && head.path()[head.pathAt() + coverLength] == '/'
        && Arrays.equals(
            head.path(), head.pathAt(), head.pathAt() + coverLength, cover, 0, coverLength);
  }
}
