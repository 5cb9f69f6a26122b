package dev.tare.store;

import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunTerms;
import dev.tare.finding.WaiverUse;
import dev.tare.store.packed.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs: when, of what, how far, with which result. */
public final class RunStore {
  private static final String SELECT =
      "SELECT id, identity, kind, status, source_run, tool_version, targets, summary, started_at, finished_at FROM tare_run ";

  private final JdbcClient jdbc;

  /** Over this database. */
  public RunStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Records the start of a run. */
  public void start(RunRecord run) {
    jdbc.sql(
            "INSERT INTO tare_run (id, identity, kind, status, source_run, tool_version, targets, started_at)"
                + " VALUES (?, ?, ?, 'running', ?, ?, ?, ?)")
        .param(run.id())
        .param(run.identity())
        .param(run.kind().word())
        .param(run.sourceRun())
        .param(run.toolVersion())
        .param(StoredJson.text(run.targets()))
        .param(run.startedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /** Records on which terms the run is made. */
  public void on(String runId, RunTerms terms) {
    jdbc.sql("UPDATE tare_run SET terms = ? WHERE id = ?")
        .params(StoredJson.text(terms), runId)
        .update();
  }

  /** On which terms a run was made; empty for one of a version that did not keep them. */
  public Optional<RunTerms> terms(String runId) {
    return jdbc.sql("SELECT terms FROM tare_run WHERE id = ? AND terms IS NOT NULL")
        .param(runId)
        .query((row, number) -> StoredJson.value(row.getString("terms"), RunTerms.class))
        .optional();
  }

  /** Records what judges the run. */
  public void judgedBy(String runId, List<PolicyRevision> policies, List<RuleDoc> rules) {
    jdbc.sql("UPDATE tare_run SET policies = ?, rules_id = ? WHERE id = ?")
        .param(StoredJson.text(policies))
        .param(new JsonStore(jdbc).keep(PackedJson.of(rules)))
        .param(runId)
        .update();
  }

  /** Records the digest of all that judges the run, waivers aside. */
  public void judging(String runId, String digest) {
    jdbc.sql("UPDATE tare_run SET judging = ? WHERE id = ?").params(digest, runId).update();
  }

  /** The digest of all that judged a run, waivers aside; empty where it was not judged. */
  public Optional<String> judging(String runId) {
    return jdbc.sql("SELECT judging FROM tare_run WHERE id = ? AND judging IS NOT NULL")
        .param(runId)
        .query(String.class)
        .optional();
  }

  /** Records what a run came to, before it is reported. */
  public void summarise(String runId, Instant finishedAt, RunSummary summary) {
    jdbc.sql("UPDATE tare_run SET finished_at = ?, summary = ? WHERE id = ?")
        .param(finishedAt.atOffset(ZoneOffset.UTC))
        .param(StoredJson.text(summary))
        .param(runId)
        .update();
  }

  /** Records the waivers that a run was given; replaces what was recorded before. */
  public void waivedBy(String runId, List<WaiverUse> waivers) {
    jdbc.sql("DELETE FROM tare_waiver WHERE run_id = ?").param(runId).update();
    int position = 0;
    for (WaiverUse waiver : waivers) {
      jdbc.sql("INSERT INTO tare_waiver (run_id, position, content) VALUES (?, ?, ?)")
          .params(runId, position++, StoredJson.text(waiver))
          .update();
    }
  }

  List<WaiverUse> waivers(String runId) {
    return jdbc.sql("SELECT content FROM tare_waiver WHERE run_id = ? ORDER BY position")
        .param(runId)
        .query((row, number) -> StoredJson.value(row.getString("content"), WaiverUse.class))
        .list();
  }

  /** Records that a run has reported and needs nothing more. */
  public void complete(String runId) {
    jdbc.sql("UPDATE tare_run SET status = 'finished' WHERE id = ?").param(runId).update();
  }

  /** Records that an unfinished run will not be resumed. */
  public void abandon(String runId) {
    jdbc.sql("UPDATE tare_run SET status = 'abandoned' WHERE id = ? AND status = 'running'")
        .param(runId)
        .update();
  }

  /** The last run of this command, where it has not finished. */
  public Optional<RunRecord> unfinished(String identity) {
    return jdbc
        .sql(SELECT + "WHERE identity = ? AND status = 'running' ORDER BY started_at DESC")
        .param(identity)
        .query(RunStore::map)
        .list()
        .stream()
        .findFirst();
  }

  /** The unfinished runs whose identity begins like this. */
  public List<RunRecord> unfinishedLike(String beginning) {
    return jdbc.sql(SELECT + "WHERE identity LIKE ? AND status = 'running' ORDER BY id")
        .param(beginning + "%")
        .query(RunStore::map)
        .list();
  }

  /** A run by its identifier, whatever became of it. */
  public Optional<RunRecord> find(String id) {
    return jdbc.sql(SELECT + "WHERE id = ?").param(id).query(RunStore::map).optional();
  }

  /** The listed runs whose identifiers begin like this; the one alone that has this identifier. */
  public List<RunRecord> beginning(String idOrBeginning) {
    List<RunRecord> matches =
        all().stream().filter(run -> run.id().startsWith(idOrBeginning)).toList();
    return matches.stream()
        .filter(run -> run.id().equals(idOrBeginning))
        .findFirst()
        .map(List::of)
        .orElse(matches);
  }

  /** The last finished scan; in a state that has seen demos only, the last of those. */
  public Optional<RunRecord> latest() {
    return jdbc.sql(
            SELECT
                + "WHERE status = 'finished' AND kind IN ('scan', 'demo')"
                + " ORDER BY CASE kind WHEN 'scan' THEN 0 ELSE 1 END, started_at DESC, id DESC"
                + " FETCH FIRST 1 ROWS ONLY")
        .query(RunStore::map)
        .optional();
  }

  /**
   * The runs that are listed, the last one first: those that finished, and scans that can go on.
   */
  public List<RunRecord> all() {
    return jdbc.sql(
            SELECT
                + "WHERE kind <> 'inspection' AND (status = 'finished' OR (status = 'running' AND kind = 'scan'))"
                + " ORDER BY started_at DESC, id DESC")
        .query(RunStore::map)
        .list();
  }

  /** What judges a run; empty before anything was judged. */
  public List<PolicyRevision> policies(String runId) {
    return jdbc.sql("SELECT policies FROM tare_run WHERE id = ? AND policies IS NOT NULL")
        .param(runId)
        .query((row, number) -> StoredJson.list(row.getString(1), PolicyRevision.class))
        .optional()
        .orElse(List.of());
  }

  List<RuleDoc> rules(String runId) {
    return jdbc.sql(
            "SELECT content FROM tare_run r JOIN tare_content c ON c.id = r.rules_id WHERE r.id = ?")
        .param(runId)
        .query((row, number) -> StoredJson.inflatedList(row.getBytes(1), RuleDoc.class))
        .optional()
        .orElse(List.of());
  }

  private static RunRecord map(ResultSet row, int number) throws SQLException {
    String summary = row.getString("summary");
    return new RunRecord(
        row.getString("id"),
        row.getString("identity"),
        RunKind.ofWord(row.getString("kind")).orElseThrow(),
        row.getString("status").equals("finished"),
        row.getString("source_run"),
        row.getString("tool_version"),
        StoredJson.list(row.getString("targets"), String.class),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("finished_at", OffsetDateTime.class)),
        summary == null ? null : StoredJson.value(summary, RunSummary.class));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
