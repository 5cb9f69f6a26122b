package dev.tare.registry.local;

import dev.tare.registry.protocol.BoundedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * An archive in a file. Where it is compressed, it is decompressed from its beginning up to what is
 * read of it.
 */
record ArchivePath(Path path, ArchiveCompression compression) implements Archive {
  static ArchivePath of(Path path) throws IOException {
    return new ArchivePath(path, ArchiveCompression.of(path));
  }

  @Override
  public InputStream open() throws IOException {
    return compression.open(path);
  }

  @Override
  public InputStream open(ArchiveEntries.Entry entry) throws IOException {
    InputStream in = open();
    try {
      in.skipNBytes(entry.offsetBytes()); // In a plain file that is a step, no reading.
      return new BoundedStream(in, entry.sizeBytes());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public boolean isSeekable() {
    return compression == ArchiveCompression.NONE;
  }
}
