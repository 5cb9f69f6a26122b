package dev.tare.registry.local;

import java.io.IOException;
import java.io.InputStream;

/** A tar that can be read more than once. Safe for concurrent use. */
interface Archive {
  /** From its first byte; the caller closes it. */
  InputStream open() throws IOException;

  /** The content of one of its files; the caller closes it. */
  InputStream open(ArchiveEntries.Entry entry) throws IOException;

  /** Whether passing over what is not wanted costs nothing. */
  boolean isSeekable();
}
