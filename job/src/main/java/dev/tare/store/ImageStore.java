package dev.tare.store;

import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PastImage;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The images of a run on their way from listed to judged. */
public final class ImageStore {
  private static final int PAGE = 50;

  /** Images of a repository, newest run first, among which an earlier build is looked for. */
  private static final int MOST_EARLIER = 2_000;

  private static final String COLUMNS =
      "id, registry, repository, digest, index_digest, media_type, config_digest, platform, tags";
  private static final String ORDER = " ORDER BY registry, repository, sort_tag, platform, digest";

  private final JdbcClient jdbc;

  /** Over this database. */
  public ImageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The images of this state, in the order they were listed. */
  public List<StoredImage> inState(String runId, String state) {
    return jdbc.sql(
            "SELECT " + COLUMNS + " FROM tare_image WHERE run_id = ? AND state = ? ORDER BY id")
        .params(runId, state)
        .query((row, number) -> image(row))
        .list();
  }

  /**
   * The listed images that are neither in this state nor among the not inspected, in the order they
   * were listed: none, once all steps up to that state are done.
   */
  public List<StoredImage> unaccounted(String runId, String state) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + " FROM tare_image i WHERE run_id = ? AND state <> ? AND NOT (state = 'unreadable' AND EXISTS"
                + " (SELECT 1 FROM tare_not_inspected n WHERE n.run_id = i.run_id AND n.digest = i.digest"
                + " AND n.reference = i.registry || '/' || i.repository"
                + " || CASE WHEN i.sort_tag = '' THEN '@' || i.digest ELSE ':' || i.sort_tag END))"
                + " ORDER BY id")
        .params(runId, state)
        .query((row, number) -> image(row))
        .list();
  }

  /** How many images of a run are in this state. */
  public int count(String runId, String state) {
    return jdbc.sql("SELECT COUNT(*) FROM tare_image WHERE run_id = ? AND state = ?")
        .params(runId, state)
        .query(Integer.class)
        .single();
  }

  /** How many images of a run are read, or still to be. */
  public int countReadable(String runId) {
    return jdbc.sql("SELECT COUNT(*) FROM tare_image WHERE run_id = ? AND state <> 'unreadable'")
        .param(runId)
        .query(Integer.class)
        .single();
  }

  /** Compressed bytes of the layers that no other image of this run has. */
  public long exclusiveBytes(String runId, long imageId) {
    return jdbc.sql(
            "SELECT COALESCE(SUM(l.size_bytes), 0) FROM tare_layer l WHERE l.run_id = ?"
                + " AND EXISTS (SELECT 1 FROM tare_image_layer i WHERE i.image_id = ? AND i.layer_digest = l.digest)"
                + " AND NOT EXISTS (SELECT 1 FROM tare_image_layer o"
                + " WHERE o.run_id = ? AND o.layer_digest = l.digest AND o.image_id <> ?)")
        .params(runId, imageId, runId, imageId)
        .query(Long.class)
        .single();
  }

  /** What a tag named before, and what that weighed. */
  public record Previous(Digest digest, long compressedBytes) {}

  /**
   * What one of an image's tags named when a finished run last saw it name something else, for the
   * same platform. Runs that judged the facts of others again have seen nothing.
   */
  public Optional<Previous> previous(String runId, StoredImage image) {
    if (image.tags().isEmpty()) {
      return Optional.empty();
    }
    return jdbc
        .sql(
            "SELECT i.digest, i.tags, p.compressed_bytes FROM tare_image i"
                + " JOIN tare_image_past p ON p.image_id = i.id JOIN tare_run r ON r.id = i.run_id"
                + " WHERE i.registry = ? AND i.repository = ? AND i.platform = ? AND i.digest <> ?"
                + " AND i.run_id <> ? AND r.status = 'finished' AND r.source_run IS NULL AND p.compressed_bytes IS NOT NULL"
                + " ORDER BY r.started_at DESC, i.id FETCH FIRST "
                + MOST_EARLIER
                + " ROWS ONLY")
        .params(
            image.registry(),
            image.repository(),
            image.platform().toString(),
            image.digest().toString(),
            runId)
        .query((row, number) ->
            Map.entry(
                StoredJson.list(row.getString("tags"), String.class),
                new Previous(
                    Digest.parse(row.getString("digest")), row.getLong("compressed_bytes"))))
        .list()
        .stream()
        .filter(earlier -> !Collections.disjoint(earlier.getKey(), image.tags()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * Keeps the facts of a listed image.
   *
   * @return false where that had been done: then nothing changes
   */
  public boolean described(long imageId, JsonNode facts) {
    return jdbc.sql(
                "UPDATE tare_image SET state = 'described', facts = ? WHERE id = ? AND state = 'listed'")
            .params(StoredJson.deflated(facts), imageId)
            .update()
        > 0;
  }

  /**
   * Records that a listed image cannot be described.
   *
   * @return false where the image had been described: then nothing changes
   */
  public boolean unreadable(long imageId) {
    return jdbc.sql("UPDATE tare_image SET state = 'unreadable' WHERE id = ? AND state = 'listed'")
            .param(imageId)
            .update()
        > 0;
  }

  /** The facts of a described image. */
  public JsonNode facts(long imageId) {
    return StoredJson.inflatedTree(
        jdbc.sql("SELECT facts FROM tare_image WHERE id = ?")
            .param(imageId)
            .query((row, number) -> row.getBytes(1))
            .single());
  }

  /**
   * Keeps how a described image was judged; one that had been judged is left as it is.
   *
   * @param compressedBytes what it weighs, null where that was not measured
   */
  public void judged(long imageId, @Nullable Long compressedBytes, List<Outcome> outcomes) {
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    for (Outcome outcome : outcomes) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        findings.merge(outcome.severity(), 1, Integer::sum);
      }
    }
    int changed =
        jdbc.sql(
                "UPDATE tare_image SET state = 'judged', outcomes = ?, verdict = ?"
                    + " WHERE id = ? AND state = 'described'")
            .params(StoredJson.deflated(outcomes), Verdict.of(outcomes).word(), imageId)
            .update();
    if (changed == 0) {
      return;
    }
    jdbc.sql("DELETE FROM tare_image_past WHERE image_id = ?").param(imageId).update();
    jdbc.sql(
            "INSERT INTO tare_image_past (image_id, run_id, compressed_bytes, findings)"
                + " SELECT id, run_id, CAST(? AS BIGINT), CAST(? AS TEXT) FROM tare_image WHERE id = ?")
        .param(compressedBytes)
        .param(StoredJson.text(findings))
        .param(imageId)
        .update();
  }

  /** Has the images of a run judged once more. */
  public void judgeAgain(String runId) {
    jdbc.sql("UPDATE tare_image SET state = 'described' WHERE run_id = ? AND state = 'judged'")
        .param(runId)
        .update();
  }

  /** Gives a new run the images of an earlier one, with their facts, to be judged again. */
  public void copyDescribed(String fromRun, String toRun) {
    jdbc.sql(
            "INSERT INTO tare_repository (run_id, registry, repository)"
                + " SELECT CAST(? AS VARCHAR(64)), registry, repository FROM tare_repository WHERE run_id = ? ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql(
            "INSERT INTO tare_layer (run_id, digest, registry, repository, media_type, size_bytes, state, reason, failure)"
                + " SELECT CAST(? AS VARCHAR(64)), digest, registry, repository, media_type, size_bytes,"
                + " CASE WHEN state = 'fetched' THEN 'known' ELSE state END, reason, failure FROM tare_layer WHERE run_id = ?"
                + " ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql(
            "INSERT INTO tare_not_inspected (run_id, reference, digest, stage, reason, failure)"
                + " SELECT CAST(? AS VARCHAR(64)), reference, digest, stage, reason, failure FROM tare_not_inspected"
                + " WHERE run_id = ? AND stage <> 'policy' ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    new UsageStore(jdbc).copy(fromRun, toRun);
    jdbc.sql(
            "INSERT INTO tare_attached (run_id, registry, repository, digest)"
                + " SELECT CAST(? AS VARCHAR(64)), registry, repository, digest FROM tare_attached WHERE run_id = ?"
                + " ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql(
            "INSERT INTO tare_image (run_id, registry, repository, digest, index_digest, media_type, config_digest, platform,"
                + " tags, sort_tag, chain_id, state, facts)"
                + " SELECT CAST(? AS VARCHAR(64)), registry, repository, digest, index_digest, media_type, config_digest, platform,"
                + " tags, sort_tag, chain_id, 'described', facts FROM tare_image WHERE run_id = ? AND facts IS NOT NULL"
                + " ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
  }

  /**
   * Hands over the judged images in report order; memory does not grow with their number.
   *
   * @param withFacts whether facts are read too; they are many times larger than outcomes
   */
  void forEachJudged(String runId, boolean withFacts, Consumer<JudgedImage> consumer) {
    List<Long> ids =
        jdbc.sql("SELECT id FROM tare_image WHERE run_id = ? AND state = 'judged'" + ORDER)
            .param(runId)
            .query((row, number) -> row.getLong(1))
            .list();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<Long> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
      jdbc.sql(
              "SELECT "
                  + COLUMNS
                  + (withFacts ? ", facts" : "")
                  + ", outcomes, verdict FROM tare_image WHERE id IN (:ids)"
                  + ORDER)
          .param("ids", page)
          .query((row, number) -> judgedImage(row, withFacts))
          .list()
          .forEach(consumer);
    }
  }

  /** What a finished run said of each of its images, in report order. */
  public List<PastImage> past(String runId) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + ", verdict, compressed_bytes, findings FROM tare_image_past p"
                + " JOIN tare_image i ON i.id = p.image_id WHERE p.run_id = ? AND verdict IS NOT NULL"
                + ORDER)
        .param(runId)
        .query((row, number) -> {
          StoredImage image = image(row);
          return new PastImage(
              runId,
              image.reference(),
              image.platform().toString(),
              image.digest().toString(),
              verdict(row),
              row.getObject("compressed_bytes", Long.class),
              StoredJson.counts(row.getString("findings")));
        })
        .list();
  }

  private static Verdict verdict(ResultSet row) throws SQLException {
    return Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT));
  }

  private static JudgedImage judgedImage(ResultSet row, boolean withFacts) throws SQLException {
    StoredImage image = image(row);
    return new JudgedImage(
        image.registry(),
        image.repository(),
        image.tags(),
        image.reference(),
        image.digest().toString(),
        image.platform().toString(),
        verdict(row),
        withFacts
            ? StoredJson.inflatedTree(row.getBytes("facts"))
            : JsonNodeFactory.instance.missingNode(),
        new ArrayList<>(StoredJson.inflatedList(row.getBytes("outcomes"), Outcome.class)));
  }

  static StoredImage image(ResultSet row) throws SQLException {
    return new StoredImage(
        row.getLong("id"),
        row.getString("registry"),
        row.getString("repository"),
        Digest.parse(row.getString("digest")),
        digest(row.getString("index_digest")),
        row.getString("media_type"),
        Digest.parse(row.getString("config_digest")),
        Platform.parse(row.getString("platform")),
        StoredJson.list(row.getString("tags"), String.class));
  }

  private static @Nullable Digest digest(@Nullable String text) {
    return text == null ? null : Digest.parse(text);
  }
}
