package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.ContentInterest;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerFactsCodec;
import dev.tare.layer.LayerReaders;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The different layers of a run, and what was ever read from a layer. */
public final class LayerStore {
  private final JdbcClient jdbc;
  private final ContentInterest interest;
  private final int readers;
  private final boolean wholeOnly;

  /**
   * Over this database.
   *
   * @param interest of those who read layers: facts that others kept, or other versions of them,
   *     are as good as none where {@link #markKnown} did not find that they are the same
   * @param wholeOnly whether layers of which an earlier run read parts are to be read again
   */
  public LayerStore(JdbcClient jdbc, ContentInterest interest, boolean wholeOnly) {
    this.jdbc = jdbc;
    this.interest = interest;
    this.readers = LayerReaders.all(interest).fingerprint();
    this.wholeOnly = wholeOnly;
  }

  /** Facts of a layer that was read in parts are those of a version of their own. */
  private int version(boolean partial) {
    return partial ? -readers : readers;
  }

  /**
   * Layers that were read before and are to be read again.
   *
   * @param bytes of the layers, compressed
   * @param readers names of those who would read something else in them now
   */
  public record Outdated(int layers, long bytes, Set<String> readers) {
    /** Copies the names, in their order. */
    public Outdated {
      readers = Collections.unmodifiableSet(new TreeSet<>(readers));
    }
  }

  /**
   * Marks the layers that an earlier run has read, so that nobody fetches them. What was kept for
   * other versions of readers is looked through once: facts in which those find nothing are
   * current.
   */
  public Outdated markKnown(String runId) {
    markCurrent(runId);
    List<Stored> stored = storedForOthers(runId);
    Map<Digest, Stored> outdated = new HashMap<>();
    Set<String> changed = new TreeSet<>();
    Set<Digest> current = new HashSet<>();
    for (Stored layer : stored) {
      Set<String> differing = differing(layer);
      if (differing.isEmpty()) {
        current.add(layer.digest());
      } else if (outdated.putIfAbsent(layer.digest(), layer) == null) {
        changed.addAll(differing);
      }
    }
    outdated.keySet().removeAll(current);
    markCurrent(runId);
    return new Outdated(
        outdated.size(),
        outdated.values().stream().mapToLong(Stored::sizeBytes).sum(),
        outdated.isEmpty() ? Set.of() : changed);
  }

  private void markCurrent(String runId) {
    jdbc.sql(
            "UPDATE tare_layer SET state = 'known' WHERE run_id = ? AND state = 'pending' AND EXISTS"
                + " (SELECT 1 FROM tare_layer_facts f WHERE f.digest = tare_layer.digest"
                + " AND f.scanner_version IN (?, ?))")
        .params(runId, version(false), version(!wholeOnly))
        .update();
  }

  /** What is stored of a layer. */
  private record Stored(Digest digest, int version, long sizeBytes) {}

  /** What is stored of the layers that are still to be read, the newest last. */
  private List<Stored> storedForOthers(String runId) {
    return jdbc
        .sql(
            "SELECT f.digest, f.scanner_version, l.size_bytes FROM tare_layer l"
                + " JOIN tare_layer_facts f ON f.digest = l.digest"
                + " WHERE l.run_id = ? AND l.state = 'pending' AND f.scanner_version NOT IN (?, ?)"
                + " ORDER BY f.digest, f.scanner_version")
        .params(runId, version(false), version(true))
        .query((row, number) ->
            new Stored(
                Digest.parse(row.getString("digest")),
                row.getInt("scanner_version"),
                row.getLong("size_bytes")))
        .list()
        .stream()
        .filter(stored -> !wholeOnly || stored.version() > 0)
        .toList();
  }

  /** Who would read something else now; where nobody would, the facts become current. */
  private Set<String> differing(Stored stored) {
    LayerFacts facts;
    try {
      facts =
          jdbc.sql("SELECT content FROM tare_layer_facts WHERE digest = ? AND scanner_version = ?")
              .params(stored.digest().toString(), stored.version())
              .query((row, number) -> LayerFactsCodec.fromBytes(row.getBytes(1)))
              .single();
    } catch (TareException e) {
      return LayerReaders.NOBODY.differing(LayerReaders.all(interest)); // Of an earlier format.
    }
    Set<String> differing = facts.readers().differing(LayerReaders.of(interest, facts.index()));
    if (differing.isEmpty()) {
      jdbc.sql(
              "UPDATE tare_layer_facts SET scanner_version = ? WHERE digest = ? AND scanner_version = ?")
          .params(version(stored.version() < 0), stored.digest().toString(), stored.version())
          .update();
    }
    return differing;
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

  /**
   * Keeps what was read from a layer, in place of what others kept of it; of one that had been
   * read, nothing changes.
   */
  public void keep(String runId, LayerFacts facts) {
    jdbc.sql(
            "INSERT INTO tare_layer_facts (digest, scanner_version, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .params(
            facts.digest().toString(), version(facts.isPartial()), LayerFactsCodec.toBytes(facts))
        .update();
    jdbc.sql("DELETE FROM tare_layer_facts WHERE digest = ? AND scanner_version NOT IN (?, ?)")
        .params(facts.digest().toString(), version(false), version(true))
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
