package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerFactsCodec;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The different layers of a run, and what was ever read from a layer. */
public final class LayerStore {
  private final JdbcClient jdbc;
  private final int scannerVersion;
  private final boolean wholeOnly;

  /**
   * Over this database.
   *
   * @param scannerVersion of whoever reads layers, above 0: facts that another version kept are as
   *     good as none
   * @param wholeOnly whether layers of which an earlier run read parts are to be read again
   */
  public LayerStore(JdbcClient jdbc, int scannerVersion, boolean wholeOnly) {
    this.jdbc = jdbc;
    this.scannerVersion = scannerVersion;
    this.wholeOnly = wholeOnly;
  }

  /** Facts of a layer that was read in parts are those of a version of their own. */
  private int version(boolean partial) {
    return partial ? -scannerVersion : scannerVersion;
  }

  /** Marks the layers that an earlier run has read, so that nobody fetches them. */
  public void markKnown(String runId) {
    jdbc.sql(
            "UPDATE tare_layer SET state = 'known' WHERE run_id = ? AND state = 'pending' AND EXISTS"
                + " (SELECT 1 FROM tare_layer_facts f WHERE f.digest = tare_layer.digest"
                + " AND f.scanner_version IN (?, ?))")
        .params(runId, version(false), version(!wholeOnly))
        .update();
  }

  /** The layers that still have to be read, the largest first. */
  public List<PendingLayer> pending(String runId) {
    return jdbc.sql(
            "SELECT registry, repository, media_type, digest, size_bytes FROM tare_layer"
                + " WHERE run_id = ? AND state = 'pending' ORDER BY size_bytes DESC, digest")
        .param(runId)
        .query((row, number) ->
            new PendingLayer(
                row.getString("registry"),
                row.getString("repository"),
                new Descriptor(
                    row.getString("media_type"),
                    Digest.parse(row.getString("digest")),
                    row.getLong("size_bytes"))))
        .list();
  }

  /**
   * The layer as a manifest of the run describes it, with its annotations where a manifest has
   * such.
   */
  public Descriptor described(String runId, Descriptor layer) {
    return jdbc
        .sql(
            "SELECT i.media_type, d.content FROM tare_image_layer l JOIN tare_image i ON i.id = l.image_id"
                + " JOIN tare_document d ON d.digest = i.digest WHERE l.run_id = ? AND l.layer_digest = ?"
                + " ORDER BY i.id FETCH FIRST 4 ROWS ONLY")
        .params(runId, layer.digest().toString())
        .query(
            (row, number) -> Manifest.parse(row.getBytes("content"), row.getString("media_type")))
        .list()
        .stream()
        .flatMap(manifest -> manifest.layers().stream())
        .filter(other ->
            other.digest().equals(layer.digest())
                && other.sizeBytes() == layer.sizeBytes()
                && !other.annotations().isEmpty())
        .findFirst()
        .orElse(layer);
  }

  /** Keeps what was read from a layer; of one that had been read, nothing changes. */
  public void keep(String runId, LayerFacts facts) {
    jdbc.sql(
            "INSERT INTO tare_layer_facts (digest, scanner_version, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .params(
            facts.digest().toString(), version(facts.isPartial()), LayerFactsCodec.toBytes(facts))
        .update();
    jdbc.sql(
            "UPDATE tare_layer SET state = 'fetched', fetched_bytes = ?"
                + " WHERE run_id = ? AND digest = ? AND state = 'pending'")
        .params(facts.fetchedBytes(), runId, facts.digest().toString())
        .update();
  }

  /** Records that a layer cannot be read, where it had not been. */
  public void unreadable(String runId, Digest digest, FailureKind failure, String reason) {
    jdbc.sql(
            "UPDATE tare_layer SET state = 'unreadable', failure = ?, reason = ?"
                + " WHERE run_id = ? AND digest = ? AND state = 'pending'")
        .params(failure.name(), reason, runId, digest.toString())
        .update();
  }

  /** Why a layer could not be read in this run, where that is so. */
  public Optional<TareException> failure(String runId, Digest digest) {
    return jdbc.sql(
            "SELECT failure, reason FROM tare_layer WHERE run_id = ? AND digest = ? AND state = 'unreadable'")
        .params(runId, digest.toString())
        .query((row, number) ->
            new TareException(
                FailureKind.valueOf(row.getString("failure")), row.getString("reason")))
        .optional();
  }

  /** What was read from a layer, from the whole of it where that was ever read. */
  public Optional<LayerFacts> facts(Digest digest) {
    return jdbc.sql(
            "SELECT content FROM tare_layer_facts WHERE digest = ? AND scanner_version IN (?, ?)"
                + " ORDER BY scanner_version DESC FETCH FIRST 1 ROWS ONLY")
        .params(digest.toString(), version(false), version(true))
        .query((row, number) -> row.getBytes(1))
        .optional()
        .map(LayerFactsCodec::fromBytes);
  }

  /** Different layers of the run, and how many bytes they are together. */
  public Totals totals(String runId) {
    return jdbc.sql(
            "SELECT COUNT(*), COALESCE(SUM(size_bytes), 0),"
                + " COALESCE(SUM(CASE WHEN state = 'fetched' THEN 1 ELSE 0 END), 0),"
                + " COALESCE(SUM(CASE WHEN state = 'fetched' THEN COALESCE(fetched_bytes, size_bytes)"
                + " ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END), 0),"
                + " COALESCE(SUM(CASE WHEN state = 'pending' THEN size_bytes ELSE 0 END), 0)"
                + " FROM tare_layer WHERE run_id = ?")
        .param(runId)
        .query((row, number) ->
            new Totals(
                row.getInt(1),
                row.getLong(2),
                row.getInt(3),
                row.getLong(4),
                row.getInt(5),
                row.getLong(6)))
        .single();
  }

  /**
   * Layers of a run, and their compressed bytes: all of them, those it fetched, those it still has
   * to fetch.
   */
  public record Totals(
      int unique,
      long uniqueBytes,
      int fetched,
      long fetchedBytes,
      int pending,
      long pendingBytes) {}
}
