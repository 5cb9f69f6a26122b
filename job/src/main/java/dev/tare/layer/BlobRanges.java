package dev.tare.layer;

import java.io.InputStream;
import java.util.Optional;

/** A blob of which parts can be had, where whoever holds it gives such. */
@FunctionalInterface
public interface BlobRanges {
  /**
   * The bytes from {@code offsetBytes} on, {@code lengthBytes} of them; empty where parts are not
   * given. The caller closes the stream. Throws {@link dev.tare.error.TareException} where the blob
   * cannot be reached.
   */
  Optional<InputStream> open(long offsetBytes, long lengthBytes);
}
