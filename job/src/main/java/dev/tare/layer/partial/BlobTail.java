package dev.tare.layer.partial;

import dev.tare.layer.blob.ScanFault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/** The end of a blob, held in memory: it grows towards the front as far as is asked for. */
public final class BlobTail {
  /** A table of contents takes about a hundredth of its blob. */
  private static final int SHARE = 64;

  /** What is held of one blob at most; a table above that is not read. */
  static final int MOST = 4 << 20;

  private final PlannedRanges ranges;
  private final long blobBytes;
  private byte[] bytes;

  public BlobTail(PlannedRanges ranges, long blobBytes, int leastBytes) {
    this.ranges = ranges;
    this.blobBytes = blobBytes;
    int length = (int) Math.min(blobBytes, Math.clamp(blobBytes / SHARE, leastBytes, MOST));
    this.bytes = ranges.bytes(blobBytes - length, length);
  }

  /** These bytes of the blob; a {@link ScanFault} where that is too far from its end. */
  byte[] bytes(long from, long to) {
    if (from < 0 || from > to || to > blobBytes) {
      throw ScanFault.corrupt("table of contents: outside of the blob");
    }
    long begin = blobBytes - bytes.length;
    if (from < begin) {
      if (blobBytes - from > MOST) {
        throw ScanFault.corrupt("table of contents: larger than " + ScanFault.number(MOST));
      }
      byte[] before = ranges.bytes(from, (int) (begin - from));
      byte[] longer = Arrays.copyOf(before, before.length + bytes.length);
      System.arraycopy(bytes, 0, longer, before.length, bytes.length);
      bytes = longer;
      begin = from;
    }
    return Arrays.copyOfRange(bytes, (int) (from - begin), (int) (to - begin));
  }

  /** These bytes of the blob as a stream. */
  InputStream stream(long from, long to) {
    return new ByteArrayInputStream(bytes(from, to));
  }
}
