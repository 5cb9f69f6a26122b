package dev.tare.layer.tar;

import dev.tare.layer.ContentReader;

/** The bytes of a tar, front to back: from a whole blob, or put together from its parts. */
public interface TarSource {
  /** The length of a header and of what data is filled up to. */
  int BLOCK = 512;

  /** The buffer that {@link #nextBlock} points into. */
  byte[] array();

  /** Where the next 512 bytes stand in the buffer, until the next call; -1 where the tar ends. */
  int nextBlock();

  /** Reads until {@code length} bytes are there or the tar ends; how many there are. */
  int read(byte[] target, int offset, int length);

  /** Hands bytes on until {@code length} are done or the tar ends; how many there were. */
  long pass(long length, ContentReader reader);

  /** Passes over bytes until {@code length} are done or the tar ends; how many there were. */
  long skip(long length);
}
