package dev.tare.http;

import java.io.IOException;
import java.util.Locale;

/** A body that comes more slowly than is waited for. */
public final class SlowTransferException extends IOException {
  private static final long serialVersionUID = 1L;

  SlowTransferException(long bytes, long nanos, MinimumRate rate) {
    super(
        String.format(
            Locale.ROOT,
            "too slow: %d bytes in %.1f s, less than %d bytes/s",
            bytes,
            nanos / 1e9,
            rate.bytesPerSecond()));
  }
}
