package dev.tare.layer.index;

import java.util.zip.Deflater;

/**
 * Writes records sorted by path as deflated blocks. In a block each path is stored as how many
 * bytes it shares with the one before, and the rest:
 *
 * <pre>
 * block   plain length · deflated length · deflated(record…)
 * record  shared · rest length · rest · sequence + 1 or 0 · payload length · payload
 * </pre>
 *
 * <p>The first record of a block shares nothing, so that each block can be read by itself.
 */
final class SortedWriter implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 << 10;

  private final Deflater deflater = new Deflater(4, true);
  private final ByteSink block = new ByteSink(BLOCK_BYTES + (BLOCK_BYTES >> 2));
  private final ByteSink blocks = new ByteSink(BLOCK_BYTES);
  private byte[] previous = new byte[256];
  private int previousLength;
  private int records;

  void add(byte[] path, int from, int length, long sequence, byte[] payload, int at, int size) {
    int shared = 0;
    int most = block.length() == 0 ? 0 : Math.min(length, previousLength);
    while (shared < most && previous[shared] == path[from + shared]) {
      shared++;
    }
    block.number(shared);
    block.number(length - shared);
    block.raw(path, from + shared, length - shared);
    block.number(sequence + 1);
    block.number(size);
    block.raw(payload, at, size);
    records++;
    if (previous.length < length) {
      previous = new byte[Math.max(length, 2 * previous.length)];
    }
    System.arraycopy(path, from + shared, previous, shared, length - shared);
    previousLength = length;
    if (block.length() >= BLOCK_BYTES) {
      flush();
    }
  }

  /** How many records were added. */
  int records() {
    return records;
  }

  byte[] finish() {
    flush();
    return blocks.toBytes();
  }

  private void flush() {
    if (block.length() == 0) {
      return;
    }
    deflater.reset();
    deflater.setInput(block.array(), 0, block.length());
    deflater.finish();
    byte[] deflated = new byte[block.length() + (block.length() >> 8) + 64];
    int length = 0;
    while (!deflater.finished()) {
      length += deflater.deflate(deflated, length, deflated.length - length);
    }
    blocks.number(block.length());
    blocks.number(length);
    blocks.raw(deflated, 0, length);
    block.clear();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
