package dev.tare.layer.partial;

import dev.tare.layer.partial.TocEntry.Chunk;
import java.util.List;

/** What a tar is put together from. */
public sealed interface TarPiece {
  /** Bytes as they are: headers and filling. */
  record Raw(byte[] bytes) implements TarPiece {}

  /** The content of a file, which need not be there. */
  record Content(long sizeBytes, List<Chunk> chunks) implements TarPiece {}
}
