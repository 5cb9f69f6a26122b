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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The different layers of a run, and what was ever read from a layer. */
public final class LayerStore {
  /** Whether an earlier run has read a layer, so that nobody fetches it. */
  private static final String KNOWN =
      "EXISTS (SELECT 1 FROM tare_layer_facts k WHERE k.digest = l.digest AND k.scanner_version IN (?, ?))";

  private final JdbcClient jdbc;
  private final DocumentStore documents;
  private final ContentInterest interest;
  private final int readers;
  private final boolean wholeOnly;

  /**
   * Over this database.
   *
   * @param interest of those who read layers: facts that others kept, or other versions of them,
   *     are as good as none where {@link #readAgain} did not find that they are the same
   * @param wholeOnly whether layers of which an earlier run read parts are to be read again
   */
  public LayerStore(JdbcClient jdbc, ContentInterest interest, boolean wholeOnly) {
    this.jdbc = jdbc;
    this.documents = new DocumentStore(jdbc);
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
   * @param readers names of those who would read something else in them now; none where links lead
   *     to files of them whose content was not kept
   */
  public record Outdated(int layers, long bytes, Set<String> readers) {
    /** Copies the names, in their order. */
    public Outdated {
      readers = Collections.unmodifiableSet(new TreeSet<>(readers));
    }
  }

  /**
   * The layers of a run that an earlier one has read, and that are to be read again. What was kept
   * for other versions of readers is looked through once: facts in which those find nothing are
   * current from then on.
   */
  public Outdated readAgain(String runId) {
    Map<Digest, Stored> outdated = new HashMap<>();
    Set<String> changed = new TreeSet<>();
    Set<Digest> current = new HashSet<>();
    for (Stored layer : storedForOthers(runId)) {
      Set<String> differing = differing(layer);
      if (differing.isEmpty()) {
        current.add(layer.digest());
      } else if (outdated.putIfAbsent(layer.digest(), layer) == null) {
        changed.addAll(differing);
      }
    }
    outdated.keySet().removeAll(current);
    return new Outdated(
        outdated.size(),
        outdated.values().stream().mapToLong(Stored::sizeBytes).sum(),
        outdated.isEmpty() ? Set.of() : changed);
  }

  /** What is stored of a layer. */
  private record Stored(Digest digest, int version, long sizeBytes) {}

  /** What is stored of the layers that are still to be read, the newest last. */
  private List<Stored> storedForOthers(String runId) {
    return jdbc
        .sql(
            "SELECT f.digest, f.scanner_version, MAX(l.size_bytes) AS size_bytes FROM tare_image i"
                + " JOIN tare_listed_layer l ON l.listed_id = i.listed_id"
                + " JOIN tare_layer_facts f ON f.digest = l.digest"
                + " WHERE i.run_id = ? AND f.scanner_version NOT IN (?, ?) AND NOT EXISTS"
                + " (SELECT 1 FROM tare_layer d WHERE d.run_id = i.run_id AND d.digest = l.digest) AND NOT "
                + KNOWN
                + " GROUP BY f.digest, f.scanner_version ORDER BY f.digest, f.scanner_version")
        .params(runId, version(false), version(true), version(false), version(!wholeOnly))
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
    byte[] content =
        jdbc.sql("SELECT content FROM tare_layer_facts WHERE digest = ? AND scanner_version = ?")
            .params(stored.digest().toString(), stored.version())
            .query((row, number) -> row.getBytes(1))
            .single();
    LayerFacts facts;
    try {
      facts = LayerFactsCodec.fromBytes(content);
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

  /** A layer that is to be read, and a repository it can be fetched from. */
  public record Pending(String registry, String repository, Descriptor descriptor) {}

  /** The layers that nobody has read yet, the largest first. */
  public List<Pending> pending(String runId) {
    Map<Digest, Pending> pending = new HashMap<>();
    jdbc.sql(
            "SELECT registry, repository, l.media_type, l.digest, size_bytes FROM tare_image i"
                + " JOIN tare_listed n ON n.id = i.listed_id JOIN tare_listed_layer l ON l.listed_id = i.listed_id"
                + " WHERE i.run_id = ? AND NOT EXISTS"
                + " (SELECT 1 FROM tare_layer d WHERE d.run_id = i.run_id AND d.digest = l.digest) AND NOT "
                + KNOWN
                + " ORDER BY i.id, position")
        .params(runId, version(false), version(!wholeOnly))
        .query((row, number) ->
            new Pending(
                row.getString("registry"),
                row.getString("repository"),
                new Descriptor(
                    row.getString("media_type"),
                    Digest.parse(row.getString("digest")),
                    row.getLong("size_bytes"))))
        .list()
        .forEach(layer -> pending.putIfAbsent(layer.descriptor().digest(), layer));
    return pending.values().stream()
        .sorted(
            Comparator.comparingLong((Pending layer) -> layer.descriptor().sizeBytes())
                .reversed()
                .thenComparing(layer -> layer.descriptor().digest().toString()))
        .toList();
  }

  /**
   * The layer as a manifest of the run describes it, with its annotations where a manifest has
   * such.
   */
  public Descriptor described(String runId, Descriptor layer) {
    return jdbc
        .sql(
            "SELECT n.media_type, n.digest FROM tare_listed_layer l JOIN tare_image i ON i.listed_id = l.listed_id"
                + " JOIN tare_listed n ON n.id = l.listed_id WHERE i.run_id = ? AND l.digest = ?"
                + " ORDER BY i.id FETCH FIRST 4 ROWS ONLY")
        .params(runId, layer.digest().toString())
        .query((row, number) ->
            Map.entry(row.getString("media_type"), Digest.parse(row.getString("digest"))))
        .list()
        .stream()
        .flatMap(manifest ->
            documents
                .find(manifest.getValue())
                .map(document -> Manifest.parse(document.content(), manifest.getKey()))
                .stream())
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
            "INSERT INTO tare_layer (run_id, digest, state, fetched_bytes) VALUES (?, ?, 'fetched', ?)"
                + " ON CONFLICT DO NOTHING")
        .params(runId, facts.digest().toString(), facts.fetchedBytes())
        .update();
  }

  /**
   * Adds what was read of further files of a layer to what is kept of it.
   *
   * @param fetchedBytes what that took
   */
  public void keepMore(
      String runId, Digest digest, Map<String, LayerFacts.Recognised> files, long fetchedBytes) {
    facts(digest)
        .ifPresent(facts ->
            jdbc.sql(
                    "UPDATE tare_layer_facts SET content = ? WHERE digest = ? AND scanner_version = ?")
                .params(
                    LayerFactsCodec.toBytes(facts.with(files)),
                    digest.toString(),
                    version(facts.isPartial()))
                .update());
    int counted =
        jdbc.sql(
                "UPDATE tare_layer SET fetched_bytes = COALESCE(fetched_bytes, 0) + ?"
                    + " WHERE run_id = ? AND digest = ? AND state = 'fetched'")
            .params(fetchedBytes, runId, digest.toString())
            .update();
    if (counted == 0) {
      jdbc.sql(
              "INSERT INTO tare_layer (run_id, digest, state, fetched_bytes) VALUES (?, ?, 'fetched', ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(runId, digest.toString(), fetchedBytes)
          .update();
    }
  }

  /** Records that a layer cannot be read, where it had not been. */
  public void unreadable(String runId, Digest digest, FailureKind failure, String reason) {
    jdbc.sql(
            "INSERT INTO tare_layer (run_id, digest, state, failure, reason) VALUES (?, ?, 'unreadable', ?, ?)"
                + " ON CONFLICT DO NOTHING")
        .params(runId, digest.toString(), failure.name(), reason)
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

  /**
   * What the facts of the layers of these images are, root first: equal where {@link #facts} gives
   * equal ones. Images of which one is missing, or could not be read in this run, are left out.
   */
  public Map<Long, String> stateOfLayers(String runId, Collection<Long> imageIds) {
    Map<Long, StringJoiner> states = new HashMap<>();
    imageIds.forEach(id -> states.put(id, new StringJoiner(" ")));
    Set<Long> unread = new HashSet<>();
    jdbc.sql(
            "SELECT i.id, l.position, MAX(f.scanner_version) AS version, COUNT(d.digest) AS failed"
                + " FROM tare_image i JOIN tare_listed_layer l ON l.listed_id = i.listed_id LEFT"
                + " JOIN tare_layer_facts f ON f.digest = l.digest AND f.scanner_version IN"
                + " (:whole, :parts) LEFT JOIN tare_layer d ON d.run_id = :run AND d.digest ="
                + " l.digest AND d.state = 'unreadable' WHERE i.id IN (:ids) GROUP BY i.id,"
                + " l.position ORDER BY i.id, l.position")
        .param("whole", version(false))
        .param("parts", version(true))
        .param("run", runId)
        .param("ids", imageIds)
        .query(
            (RowCallbackHandler)
                row -> {
                  long id = row.getLong("id");
                  String version = row.getString("version");
                  if (row.getInt("failed") > 0 || version == null) {
                    unread.add(id);
                  } else {
                    Objects.requireNonNull(states.get(id)).add(version);
                  }
                });
    states.keySet().removeAll(unread);
    Map<Long, String> whole = new HashMap<>();
    states.forEach((id, state) -> whole.put(id, state.toString()));
    return whole;
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
            "SELECT COUNT(*), COALESCE(SUM(size_bytes), 0), COALESCE(SUM(fetched), 0),"
                + " COALESCE(SUM(CASE WHEN fetched = 1 THEN COALESCE(fetched_bytes, size_bytes) ELSE 0 END), 0),"
                + " COALESCE(SUM(pending), 0), COALESCE(SUM(pending * size_bytes), 0) FROM (SELECT l.size_bytes, d.fetched_bytes,"
                + " CASE WHEN d.state = 'fetched' THEN 1 ELSE 0 END AS fetched,"
                + " CASE WHEN d.state IS NULL AND NOT "
                + KNOWN
                + " THEN 1 ELSE 0 END AS pending FROM (SELECT i.run_id, a.digest, MIN(a.size_bytes) AS size_bytes"
                + " FROM tare_image i JOIN tare_listed_layer a ON a.listed_id = i.listed_id WHERE i.run_id = ?"
                + " GROUP BY i.run_id, a.digest) l"
                + " LEFT JOIN tare_layer d ON d.run_id = l.run_id AND d.digest = l.digest) t")
        .params(version(false), version(!wholeOnly), runId)
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
