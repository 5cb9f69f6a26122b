package dev.tare.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets old runs. What is known for good stays: contents of layers, manifests, and which images
 * there were, so that what was built on them is recognised still.
 */
public final class RunPruner {
  private static final List<String> TABLES =
      List.of(
          "tare_tag",
          "tare_repository",
          "tare_image_layer",
          "tare_layer",
          "tare_not_inspected",
          "tare_usage",
          "tare_attached",
          "tare_absence",
          "tare_waiver",
          "tare_image_past",
          "tare_run");

  private final JdbcClient jdbc;

  /** Over this database. */
  public RunPruner(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The runs that are older than the newest {@code keep} finished ones of the same kind and
   * targets; none that can be resumed.
   */
  public List<String> olderThanNewest(int keep) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> old = new ArrayList<>();
    jdbc.sql(
            "SELECT id, kind, targets FROM tare_run WHERE status = 'finished'"
                + " ORDER BY started_at DESC, id DESC")
        .query((row, number) -> {
          String of = row.getString("kind") + " " + row.getString("targets");
          if (seen.merge(of, 1, Integer::sum) > keep) {
            old.add(row.getString("id"));
          }
          return 0;
        })
        .list();
    return old;
  }

  /** The runs that nobody sees: of inspections, and those that came to nothing. */
  public List<String> abandoned() {
    return jdbc.sql("SELECT id FROM tare_run WHERE status = 'abandoned'")
        .query((row, number) -> row.getString("id"))
        .list();
  }

  /** Forgets one run. */
  public void prune(String runId) {
    // Of an image that is named alike in a later run nothing is lost; of others the name remains.
    jdbc.sql(
            "DELETE FROM tare_image WHERE run_id = ? AND EXISTS (SELECT 1 FROM tare_image n"
                + " WHERE n.registry = tare_image.registry AND n.repository = tare_image.repository"
                + " AND n.digest = tare_image.digest AND n.tags = tare_image.tags AND n.id > tare_image.id)")
        .param(runId)
        .update();
    jdbc.sql("UPDATE tare_image SET facts = NULL, outcomes = NULL WHERE run_id = ?")
        .param(runId)
        .update();
    for (String table : TABLES) {
      String key = table.equals("tare_run") ? "id" : "run_id";
      jdbc.sql("DELETE FROM " + table + " WHERE " + key + " = ?").param(runId).update();
    }
  }

  /**
   * Gives the room of what was forgotten back to the disk, as far as that is not the database's own
   * business. An embedded one is closed by it: nothing can be asked of it afterwards.
   */
  public void compact() {
    boolean embedded =
        jdbc.sql(
                    "SELECT COUNT(*) FROM information_schema.tables"
                        + " WHERE UPPER(table_schema) = 'INFORMATION_SCHEMA' AND UPPER(table_name) = 'SETTINGS'")
                .query(Integer.class)
                .single()
            > 0; // H2 has such a table, PostgreSQL has none and cleans up by itself.
    if (embedded) {
      jdbc.sql("SHUTDOWN COMPACT").update();
    }
  }
}
