package dev.tare.inspect.packages.rust;

import dev.tare.inspect.content.FileWindow;
import java.util.Arrays;

/** Looks for a list of crates through a program, as that streams by, and keeps what follows. */
public final class CrateDataReader {
  private final long size;

  /** The end of what went by: too short to tell whether a list begins there. */
  private byte[] end = new byte[0];

  private FileWindow found = FileWindow.NONE;

  /** Of a file of this size. */
  public CrateDataReader(long size) {
    this.size = size;
  }

  /** Takes the next piece, which stands at {@code at} in the file. */
  public void take(byte[] piece, int offset, int length, long at) {
    if (found.bytes().length == 0) {
      search(piece, offset, length, at);
    }
    found.take(piece, offset, length, at);
  }

  private void search(byte[] piece, int offset, int length, long at) {
    int joined = Math.min(length, CrateList.PROBE);
    byte[] seam = Arrays.copyOf(end, end.length + joined);
    System.arraycopy(piece, offset, seam, end.length, joined);
    int place = CrateList.find(seam, 0, Math.min(end.length, seam.length - CrateList.PROBE + 1));
    if (place >= 0) {
      keep(at - end.length + place);
      found.take(seam, 0, seam.length, at - end.length);
      return;
    }
    place = CrateList.find(piece, offset, offset + length - CrateList.PROBE + 1);
    if (place >= 0) {
      keep(at + place - offset);
      return;
    }
    int rest = CrateList.PROBE - 1;
    end =
        length < rest
            ? Arrays.copyOfRange(seam, Math.max(0, seam.length - rest), seam.length)
            : Arrays.copyOfRange(piece, offset + length - rest, offset + length);
  }

  private void keep(long place) {
    found = FileWindow.of(place, CrateList.LARGEST, size);
  }

  /** What was found, and what follows it; empty where there is none. */
  public byte[] found() {
    return found.bytes();
  }
}
