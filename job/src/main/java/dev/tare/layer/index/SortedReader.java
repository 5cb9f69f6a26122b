package dev.tare.layer.index;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads what {@link SortedWriter} wrote, one block in memory at a time. */
final class SortedReader implements SortedRun {
  /** No block is larger: the writer flushes at 64 KiB, and one record is bounded by path limits. */
  private static final int MAXIMUM_BLOCK = 64 << 20;

  private final ByteCursor blocks;
  private ByteCursor block = new ByteCursor(new byte[0]);
  private byte[] path = new byte[256];
  private int pathLength;
  private long sequence;
  private int payloadAt;
  private int payloadLength;

  SortedReader(byte[] blocks) {
    this.blocks = new ByteCursor(blocks);
  }

  @Override
  public boolean next() {
    if (!block.hasMore()) {
      if (!blocks.hasMore()) {
        return false;
      }
      block = inflate();
      pathLength = 0;
    }
    int shared = block.count();
    int rest = block.count();
    int from = block.skip(rest);
    if (shared > pathLength) {
      throw ByteCursor.malformed();
    }
    pathLength = shared + rest;
    if (path.length < pathLength) {
      byte[] larger = new byte[Math.max(pathLength, 2 * path.length)];
      System.arraycopy(path, 0, larger, 0, shared);
      path = larger;
    }
    System.arraycopy(block.array(), from, path, shared, rest);
    sequence = block.number() - 1;
    payloadLength = block.count();
    payloadAt = block.skip(payloadLength);
    return true;
  }

  @Override
  public byte[] path() {
    return path;
  }

  @Override
  public int pathAt() {
    return 0;
  }

  @Override
  public int pathLength() {
    return pathLength;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public byte[] payload() {
    return block.array();
  }

  @Override
  public int payloadAt() {
    return payloadAt;
  }

  @Override
  public int payloadLength() {
    return payloadLength;
  }

  private ByteCursor inflate() {
    int plainLength = blocks.count();
    int deflatedLength = blocks.count();
    int from = blocks.skip(deflatedLength);
    if (plainLength > MAXIMUM_BLOCK) {
      throw ByteCursor.malformed();
    }
    byte[] plain = new byte[plainLength];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(blocks.array(), from, deflatedLength);
      int length = 0;
      while (length < plainLength) {
        int count = inflater.inflate(plain, length, plainLength - length);
        if (count == 0) {
          throw ByteCursor.malformed();
        }
        length += count;
      }
    } catch (DataFormatException e) {
      throw ByteCursor.malformed();
    } finally {
      inflater.end();
    }
    return new ByteCursor(plain);
  }
}
