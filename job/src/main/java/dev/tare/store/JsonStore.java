package dev.tare.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Long JSON values, each stored once and referred to by its number. */
final class JsonStore {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long SHORTEST_PAUSE_NANOS = 100_000;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private final JdbcClient jdbc;

  JsonStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The number of a value, which is kept where it had not been. Where another transaction is about
   * to keep it, H2 may neither insert it nor show it for a moment.
   */
  long keep(PackedJson value) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (long pause = SHORTEST_PAUSE_NANOS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS)) {
      Long known = find(value.hash());
      if (known != null) {
        return known;
      }
      int inserted =
          jdbc.sql("INSERT INTO tare_content (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING")
              .params(value.hash(), value.deflated())
              .update();
      if (inserted == 0) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("content " + value.hash() + " was kept and is not there");
        }
        LockSupport.parkNanos(pause);
      }
    }
  }

  /** The number of the value with this hash; null where it was never kept. */
  @Nullable Long find(String hash) {
    return jdbc.sql("SELECT id FROM tare_content WHERE hash = ?")
        .param(hash)
        .query((row, number) -> row.getLong(1))
        .optional()
        .orElse(null);
  }

  /** The deflated value of this number. */
  byte[] deflated(long id) {
    return jdbc.sql("SELECT content FROM tare_content WHERE id = ?")
        .param(id)
        .query((row, number) -> row.getBytes(1))
        .single();
  }
}
