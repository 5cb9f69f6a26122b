package dev.tare.registry.local;

import dev.tare.registry.protocol.BoundedStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of a tar, nothing of which is unpacked. Those of a tar that is not compressed are read
 * where they stand; a compressed one is decompressed from its beginning up to the file for each
 * reading, and small files of it are kept in memory.
 */
final class ArchiveFiles implements LocalFiles {
  private static final int MOST_LINKS = 8;

  /** Documents are smaller, layers need not be kept. */
  private static final int LONGEST_KEPT_BYTES = 256 << 10;

  private static final int MOST_KEPT_BYTES = 16 << 20;

  private final Path file;
  private final ArchiveCompression compression;
  private final Map<String, ArchiveEntries.Entry> entries = new HashMap<>();
  private final Map<String, FileSummary> summaries = new HashMap<>();
  private final Map<String, byte[]> kept = new HashMap<>();
  private int keptBytes;

  /** Reads the whole archive once, for its table of contents. */
  ArchiveFiles(Path file) throws IOException {
    this.file = file;
    this.compression = ArchiveCompression.of(file);
    try (InputStream in = compression.open(file)) {
      ArchiveEntries walk = new ArchiveEntries(in);
      for (ArchiveEntries.Entry entry = walk.next(); entry != null; entry = walk.next()) {
        if (compression == ArchiveCompression.NONE) {
          walk.pass(entry.sizeBytes());
        } else {
          take(entry, in);
          walk.passed(entry.sizeBytes());
        }
        entries.put(entry.name(), entry);
      }
    }
  }

  /** What is decompressed to get past it need not be decompressed again to be known. */
  private void take(ArchiveEntries.Entry entry, InputStream in) throws IOException {
    long size = entry.sizeBytes();
    if (size > LONGEST_KEPT_BYTES || keptBytes + size > MOST_KEPT_BYTES) {
      summaries.put(entry.name(), FileSummary.of(in, size));
      return;
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new EOFException("it ends inside " + LocalNames.shown(entry.name()));
    }
    kept.put(entry.name(), content);
    keptBytes += content.length;
  }

  @Override
  public boolean has(String name) {
    return find(name) != null;
  }

  @Override
  public FileSummary summary(String name) throws IOException {
    ArchiveEntries.Entry entry = require(name);
    FileSummary known = summaries.get(entry.name());
    if (known != null) {
      return known;
    }
    try (InputStream in = open(name)) {
      return FileSummary.of(in, entry.sizeBytes());
    }
  }

  @Override
  public InputStream open(String name) throws IOException {
    ArchiveEntries.Entry entry = require(name);
    byte[] small = kept.get(entry.name());
    if (small != null) {
      return new ByteArrayInputStream(small);
    }
    InputStream in = compression.open(file);
    try {
      in.skipNBytes(entry.offsetBytes()); // In a plain file that is a step, no reading.
      return new BoundedStream(in, entry.sizeBytes());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private ArchiveEntries.Entry require(String name) throws FileNotFoundException {
    ArchiveEntries.Entry entry = find(name);
    if (entry == null) {
      throw new FileNotFoundException("there is no file " + LocalNames.shown(name));
    }
    return entry;
  }

  /** The file of this name: docker save stores a layer once and links to it from other images. */
  private ArchiveEntries.@Nullable Entry find(String name) {
    ArchiveEntries.Entry entry = entries.get(LocalNames.normalised(name));
    for (int links = 0; entry != null && links < MOST_LINKS; links++) {
      String target = entry.linkTarget();
      if (target == null) {
        return entry;
      }
      entry = entries.get(target);
    }
    return null;
  }
}
