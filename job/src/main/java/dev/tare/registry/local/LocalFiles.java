package dev.tare.registry.local;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Files by the names they have inside a directory or an archive, {@code blobs/sha256/…}. Safe for
 * concurrent use.
 */
interface LocalFiles {
  /** Whether there is a regular file of this name. */
  boolean has(String name);

  /**
   * The file from its first byte; the caller closes it.
   *
   * @throws FileNotFoundException where there is none
   */
  InputStream open(String name) throws IOException;

  /** Reads the whole file, where that was not done before, and says what it is. */
  FileSummary summary(String name) throws IOException;
}
