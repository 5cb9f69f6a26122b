package dev.tare.registry.login;

import dev.tare.stop.StoppedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program writes, listened to while it runs. What it started may hold its output open after
 * its end: then what was written until shortly after it counts.
 */
final class Heard {
  private static final Logger LOG = LoggerFactory.getLogger(Heard.class);
  private static final int LONGEST_BYTES = 1024 * 1024;
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final CountDownLatch end = new CountDownLatch(1);

  private Heard() {}

  static Heard of(InputStream stream) {
    Heard heard = new Heard();
    Thread.ofPlatform()
        .daemon()
        .name("credential helper")
        .start(() -> {
          try (stream) {
            heard.listen(stream);
          } catch (IOException e) {
            // It has ended; what it said until then counts.
          } finally {
            heard.end.countDown();
          }
        });
    return heard;
  }

  private void listen(InputStream stream) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int left = LONGEST_BYTES;
    for (int count = stream.read(chunk); count >= 0 && left > 0; count = stream.read(chunk)) {
      written.write(chunk, 0, Math.min(count, left));
      left -= count;
    }
  }

  /** All that a program said that has ended. */
  String text() {
    try {
      if (!end.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atDebug().log("A credential helper has left something that holds its output");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException("interrupted");
    }
    return written.toString(StandardCharsets.UTF_8);
  }
}
