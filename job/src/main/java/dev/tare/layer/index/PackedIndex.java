package dev.tare.layer.index;

import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerIndex;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** An index as sorted, deflated blocks. Iterators share nothing but those bytes. */
public final class PackedIndex implements LayerIndex {
  private final int size;
  private final byte[] blocks;

  public PackedIndex(int size, byte[] blocks) {
    this.size = size;
    this.blocks = blocks;
  }

  @Override
  public int size() {
    return size;
  }

  /** The blocks; not to be changed. */
  public byte[] blocks() {
    return blocks;
  }

  @Override
  public Iterator<LayerEntry> iterator() {
    SortedReader reader = new SortedReader(blocks);
    return new Iterator<>() {
      private int left = size;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public LayerEntry next() {
        if (left == 0) {
          throw new NoSuchElementException();
        }
        if (!reader.next()) {
          throw ByteCursor.malformed();
        }
        left--;
        String path = new String(reader.path(), 0, reader.pathLength(), StandardCharsets.UTF_8);
        return EntryCodec.decode(
            path, new ByteCursor(reader.payload(), reader.payloadAt(), reader.payloadLength()));
      }
    };
  }
}
