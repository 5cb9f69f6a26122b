package dev.tare.store;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Long JSON values, each stored once and referred to by its number. */
final class JsonStore {
  private final JdbcClient jdbc;

  JsonStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of a value, which is kept where it had not been. */
  long keep(PackedJson value) {
    Long known = find(value.hash());
    if (known != null) {
      return known;
    }
    jdbc.sql("INSERT INTO tare_content (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .params(value.hash(), value.deflated())
        .update();
    Long kept = find(value.hash());
    if (kept == null) {
      throw new IllegalStateException("content " + value.hash() + " was kept and is not there");
    }
    return kept;
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
