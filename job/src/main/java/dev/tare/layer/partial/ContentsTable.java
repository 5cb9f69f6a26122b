package dev.tare.layer.partial;

import dev.tare.layer.partial.TocEntry.Chunk;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The verified table of contents of a layer whose files can be fetched one by one. */
public sealed interface ContentsTable permits EstargzTable, ZstdChunkedTable {
  /** Which of the formats it is. */
  ChunkedFormat format();

  /** Reads the entries, from the first one each time. */
  TocReader entries();

  /** Where the contents of files end in the blob. */
  long endOfContent();

  /**
   * The tar.
   *
   * @param entries from the first one
   * @param lastChunk of the last file that has content, or null where none has
   */
  Iterator<TarPiece> pieces(TocReader entries, @Nullable Chunk lastChunk);
}
