package dev.tare.layer.partial;

import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.TocEntry.Chunk;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a blob are to be fetched: those of wanted files, parts that are near each other
 * together. To be given all files in the order of the blob, then {@link #end}.
 */
public final class RangePlan {
  private final int requestBytes;
  private long[] starts = new long[64];
  private long[] ends = new long[64];
  private int files;
  private long[] from = new long[16];
  private long[] to = new long[16];
  private int ranges;
  private @Nullable Chunk last;
  private boolean open;

  /** {@code requestBytes} is what one more request costs. */
  public RangePlan(int requestBytes) {
    this.requestBytes = requestBytes;
  }

  /** A file that is not empty, and how many of its chunks are wanted, none for 0. */
  public void file(List<Chunk> chunks, int wanted) {
    long first = chunks.getFirst().offsetBytes();
    if (first <= behind()) {
      throw ScanFault.corrupt("table of contents: not in the order of the blob");
    }
    close(first);
    last = chunks.getLast();
    if (wanted > 0) {
      if (files == starts.length) {
        starts = Arrays.copyOf(starts, 2 * files);
        ends = Arrays.copyOf(ends, 2 * files);
      }
      starts[files++] = first;
      open = true;
      if (wanted < chunks.size()) {
        close(chunks.get(wanted).offsetBytes());
      }
    }
  }

  /** Where the content of files ends in the blob. */
  public void end(long offset) {
    if (offset <= behind()) {
      throw ScanFault.corrupt("table of contents: content behind its end");
    }
    close(offset);
  }

  private long behind() {
    return last == null ? -1 : last.offsetBytes();
  }

  private void close(long end) {
    if (!open) {
      return;
    }
    open = false;
    long start = starts[files - 1];
    ends[files - 1] = end;
    if (ranges > 0 && start - to[ranges - 1] <= requestBytes) {
      to[ranges - 1] = end;
      return;
    }
    if (ranges == from.length) {
      from = Arrays.copyOf(from, 2 * ranges);
      to = Arrays.copyOf(to, 2 * ranges);
    }
    from[ranges] = start;
    to[ranges++] = end;
  }

  /** Of the last file; null where no file has content. */
  @Nullable
  public Chunk lastChunk() {
    return last;
  }

  /** What fetching all of it costs, a request counted as so many bytes. */
  public long costBytes() {
    long bytes = 0;
    for (int i = 0; i < ranges; i++) {
      bytes += to[i] - from[i] + requestBytes;
    }
    return bytes;
  }

  /** Where the wanted content of the file ends whose first chunk begins here. */
  long endOfFile(long firstChunk) {
    int at = Arrays.binarySearch(starts, 0, files, firstChunk);
    if (at < 0) {
      throw ScanFault.corrupt("table of contents: a file is needed that seemed not to be");
    }
    return ends[at];
  }

  /** Where the range ends in which this offset stands. */
  long endOfRange(long offset) {
    int at = Arrays.binarySearch(from, 0, ranges, offset);
    int range = at >= 0 ? at : -at - 2;
    if (range < 0 || offset >= to[range]) {
      throw new IllegalStateException("offset " + offset + " was not planned");
    }
    return to[range];
  }
}
