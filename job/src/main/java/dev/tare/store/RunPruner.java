package dev.tare.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets old runs, and what nobody needs any more. Which images there were is remembered for
 * {@link #UNUSED_KEPT}, so that what was built on them is recognised and their layers are not
 * fetched again when they come back.
 */
public final class RunPruner {
  /** How long images, their manifests and their layers stay after the last run that had them. */
  public static final Duration UNUSED_KEPT = Duration.ofDays(90);

  /** Of an abandoned run somebody may read still: an inspection is shown after it has ended. */
  private static final Duration ABANDONED_KEPT = Duration.ofDays(1);

  private static final int LEAST_FILLED_PERCENT = 70;
  private static final int PAGE = 500;

  private static final List<String> TABLES =
      List.of(
          "tare_run_tag",
          "tare_repository",
          "tare_image",
          "tare_layer",
          "tare_not_inspected",
          "tare_usage",
          "tare_attached",
          "tare_absence",
          "tare_waiver");

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
    return finished().stream()
        .filter(run -> seen.merge(run.kind() + " " + run.targets(), 1, Integer::sum) > keep)
        .map(Finished::id)
        .toList();
  }

  /** The same, of the runs that have the targets of this one. */
  public List<String> olderThanNewest(int keep, String runId) {
    List<Finished> runs = finished();
    Map<String, Integer> seen = new HashMap<>();
    return runs.stream()
        .filter(run ->
            runs.stream()
                .anyMatch(one -> one.id().equals(runId) && one.targets().equals(run.targets())))
        .filter(run -> seen.merge(run.kind(), 1, Integer::sum) > keep)
        .map(Finished::id)
        .toList();
  }

  private record Finished(String id, String kind, String targets) {}

  private List<Finished> finished() {
    return jdbc.sql(
            "SELECT id, kind, targets FROM tare_run WHERE status = 'finished'"
                + " ORDER BY started_at DESC, id DESC")
        .query((row, number) ->
            new Finished(row.getString("id"), row.getString("kind"), row.getString("targets")))
        .list();
  }

  /** The runs that nobody sees: of inspections, and those that came to nothing. */
  public List<String> abandoned(Instant now) {
    return jdbc.sql("SELECT id FROM tare_run WHERE status = 'abandoned' AND started_at < ?")
        .param(now.minus(ABANDONED_KEPT).atOffset(ZoneOffset.UTC))
        .query((row, number) -> row.getString("id"))
        .list();
  }

  /** Forgets one run. */
  public void prune(String runId) {
    jdbc.sql(
            "UPDATE tare_listed SET forgotten_at = (SELECT started_at FROM tare_run WHERE id = ?)"
                + " WHERE id IN (SELECT listed_id FROM tare_image WHERE run_id = ?) AND"
                + " (forgotten_at IS NULL OR forgotten_at < (SELECT started_at FROM tare_run WHERE"
                + " id = ?))")
        .params(runId, runId, runId)
        .update();
    TABLES.forEach(table -> delete(table, "run_id = ?", runId));
    delete("tare_run", "id = ?", runId);
  }

  /**
   * Removes what no run refers to: at once what was said of images and what tags named, after
   * {@link #UNUSED_KEPT} the images with their manifests and what was read of their layers. In one
   * transaction of the caller's.
   *
   * @return false where somebody works on a run, which may begin to refer to it: then nothing
   *     changes
   */
  public boolean sweep(Instant now) {
    if (!isAlone()) {
      return false;
    }
    OffsetDateTime unused = now.minus(UNUSED_KEPT).atOffset(ZoneOffset.UTC);
    deleteUnused(
        "tare_content",
        "SELECT facts_id FROM tare_image WHERE facts_id IS NOT NULL UNION SELECT outcomes_id FROM"
            + " tare_image WHERE outcomes_id IS NOT NULL UNION SELECT matches_id FROM tare_image"
            + " WHERE matches_id IS NOT NULL UNION SELECT m.matches_id FROM tare_match m JOIN"
            + " tare_image i ON i.facts_id = m.facts_id WHERE m.matches_id IS NOT NULL UNION SELECT rules_id FROM tare_run WHERE rules_id IS"
            + " NOT NULL UNION SELECT n.last_outcomes_id FROM tare_listed n JOIN tare_image i ON"
            + " i.listed_id = n.id WHERE n.last_outcomes_id IS NOT NULL");
    delete(
        "tare_match",
        "facts_id NOT IN (SELECT id FROM tare_content) OR matches_id NOT IN (SELECT id FROM"
            + " tare_content)");
    deleteUnused("tare_tag", "SELECT tag_id FROM tare_run_tag");
    delete(
        "tare_listed",
        "id NOT IN (SELECT listed_id FROM tare_image) AND (forgotten_at IS NULL OR forgotten_at <"
            + " ?)",
        unused);
    delete("tare_listed_layer", "listed_id NOT IN (SELECT id FROM tare_listed)");
    delete("tare_prediction", "listed_id NOT IN (SELECT listed_id FROM tare_image)");
    delete("tare_image_contents", "digest NOT IN (SELECT digest FROM tare_listed)");
    delete("tare_layer_facts", "digest NOT IN (SELECT digest FROM tare_listed_layer)");
    delete(
        "tare_document",
        "kept_at < ? AND digest NOT IN (SELECT digest FROM tare_listed UNION SELECT config_digest"
            + " FROM tare_listed UNION SELECT index_digest FROM tare_listed WHERE index_digest IS"
            + " NOT NULL)",
        unused);
    return true;
  }

  /** Whether nobody works on a run, until the transaction ends. */
  public boolean isAlone() {
    if (isEmbedded()) {
      return true;
    }
    String schema =
        jdbc.sql("SELECT current_schema()").query((row, number) -> row.getString(1)).single();
    return jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
        .param(AdvisoryLock.key(schema, AdvisoryLock.SWEEP))
        .query((row, number) -> row.getBoolean(1))
        .single();
  }

  /**
   * What is to go is asked for first: H2 runs a union that stands in a condition again for each row
   * that it looks at.
   */
  private void deleteUnused(String table, String used) {
    List<Long> unused =
        jdbc.sql("SELECT id FROM " + table + " EXCEPT (" + used + ")")
            .query((row, number) -> row.getLong(1))
            .list();
    for (int from = 0; from < unused.size(); from += PAGE) {
      jdbc.sql("DELETE FROM " + table + " WHERE id IN (:ids)")
          .param("ids", unused.subList(from, Math.min(unused.size(), from + PAGE)))
          .update();
    }
  }

  private void delete(String table, String where, Object... parameters) {
    jdbc.sql("DELETE FROM " + table + " WHERE " + where).params(parameters).update();
  }

  /**
   * Gives room that is not used back to the disk, where that is most of an embedded database's
   * file. It is closed by it: nothing can be asked of it afterwards.
   */
  public void compact() {
    if (isEmbedded()
        && setting("info.FILL_RATE") * setting("info.CHUNKS_FILL_RATE")
            < LEAST_FILLED_PERCENT * 100) {
      jdbc.sql("SHUTDOWN COMPACT").update();
    }
  }

  private int setting(String name) {
    return jdbc.sql("SELECT setting_value FROM information_schema.settings WHERE setting_name = ?")
        .param(name)
        .query((row, number) -> row.getInt(1))
        .optional()
        .orElse(100);
  }

  /** H2 has such a table, PostgreSQL has none and cleans up by itself. */
  private boolean isEmbedded() {
    return jdbc.sql(
                "SELECT COUNT(*) FROM information_schema.tables WHERE UPPER(table_schema) ="
                    + " 'INFORMATION_SCHEMA' AND UPPER(table_name) = 'SETTINGS'")
            .query((row, number) -> row.getInt(1))
            .single()
        > 0;
  }
}
