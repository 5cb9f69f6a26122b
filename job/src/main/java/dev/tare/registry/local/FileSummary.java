package dev.tare.registry.local;

import dev.tare.oci.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What a file is known by.
 *
 * @param start its first four bytes, or all where it has fewer
 */
record FileSummary(Digest sha256, long sizeBytes, byte[] start) {
  private static final int BUFFER_BYTES = 64 << 10;
  private static final int START_BYTES = 4;

  /** Reads so many bytes. */
  static FileSummary of(InputStream in, long sizeBytes) throws IOException {
    Digest any = Digest.sha256(new byte[0]);
    MessageDigest hash = any.newMessageDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    byte[] start = {};
    for (long left = sizeBytes; left > 0; ) {
      int count = in.readNBytes(buffer, 0, (int) Math.min(left, BUFFER_BYTES));
      if (count == 0) {
        throw new EOFException("it ends " + left + " bytes before the end of a file in it");
      }
      if (left == sizeBytes) {
        start = Arrays.copyOf(buffer, Math.min(count, START_BYTES));
      }
      hash.update(buffer, 0, count);
      left -= count;
    }
    return new FileSummary(any.withHash(hash.digest()), sizeBytes, start);
  }

  ArchiveCompression compression() {
    return ArchiveCompression.of(start);
  }
}
