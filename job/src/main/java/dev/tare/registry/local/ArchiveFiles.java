package dev.tare.registry.local;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Files of a tar, nothing of which is unpacked. Small files are kept in memory, unless reading them
 * again costs nothing.
 */
final class ArchiveFiles implements LocalFiles {
  private static final int MOST_LINKS = 8;

  private final Archive archive;
  private final KeptBudget budget;
  private final Map<String, ArchiveEntries.Entry> entries = new HashMap<>();
  private final Map<String, FileSummary> summaries = new HashMap<>();
  private final Map<String, byte[]> kept = new HashMap<>();
  private long sizeBytes;

  /**
   * Reads the whole archive once, for its table of contents.
   *
   * @param budget of what is kept of it
   */
  ArchiveFiles(Archive archive, KeptBudget budget) throws IOException {
    this.archive = archive;
    this.budget = budget;
    try (InputStream in = archive.open()) {
      ArchiveEntries walk = new ArchiveEntries(in);
      for (ArchiveEntries.Entry entry = walk.next(); entry != null; entry = walk.next()) {
        if (archive.isSeekable()) {
          walk.pass(entry.sizeBytes());
        } else {
          take(entry, in);
          walk.passed(entry.sizeBytes());
        }
        entries.put(entry.name(), entry);
        sizeBytes = entry.offsetBytes() + entry.sizeBytes();
      }
    }
  }

  /** What is decompressed to get past it need not be decompressed again to be known. */
  private void take(ArchiveEntries.Entry entry, InputStream in) throws IOException {
    long size = entry.sizeBytes();
    if (!budget.take(size)) {
      summaries.put(entry.name(), FileSummary.of(in, size));
      return;
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new EOFException("it ends inside " + LocalNames.shown(entry.name()));
    }
    kept.put(entry.name(), content);
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
    return archive.open(entry);
  }

  /** Where the content of a file begins in the archive; empty where there is none. */
  OptionalLong offsetBytes(String name) {
    ArchiveEntries.Entry entry = find(name);
    return entry == null ? OptionalLong.empty() : OptionalLong.of(entry.offsetBytes());
  }

  /** Of the archive, as far as its files go. */
  long sizeBytes() {
    return sizeBytes;
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
