package dev.tare.store;

import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import dev.tare.store.packed.MatchedFacts;
import dev.tare.store.packed.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The images of a run on their way from listed to judged. */
public final class ImageStore {
  private static final int PAGE = 50;

  static final String COLUMNS =
      "i.id AS id, registry, repository, n.digest AS digest, index_digest, media_type,"
          + " config_digest, platform, tags";

  /** An image of a run, {@code i}, as it was listed, {@code n}. */
  static final String FROM = " FROM tare_image i JOIN tare_listed n ON n.id = i.listed_id";

  private static final String ORDER =
      " ORDER BY registry, repository, sort_tag, platform, n.digest";

  private static final String JUDGED = " WHERE run_id = ? AND state = 'judged'";

  /** Stored outcomes are equal where they have the same number. */
  private static final String JUDGED_ALIKE =
      "EXISTS (SELECT 1 FROM tare_image o WHERE o.run_id = ? AND o.listed_id = i.listed_id AND"
          + " o.state = 'judged' AND o.outcomes_id = i.outcomes_id AND o.other_outcomes IS NOT"
          + " DISTINCT FROM i.other_outcomes)";

  /** Where more than this part of the outcomes of an image changed, all are stored anew. */
  private static final int PART_THAT_DIFFERS = 4;

  private final JdbcClient jdbc;
  private final JsonStore json;

  /** Over this database. */
  public ImageStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.json = new JsonStore(jdbc);
  }

  /** The images of this state, in the order they were listed. */
  public List<StoredImage> inState(String runId, ImageState state) {
    return jdbc.sql("SELECT " + COLUMNS + FROM + " WHERE run_id = ? AND state = ? ORDER BY i.id")
        .params(runId, state.word())
        .query((row, number) -> image(row))
        .list();
  }

  /**
   * The listed images that are neither in this state nor among the not inspected, in the order they
   * were listed: none, once all steps up to that state are done.
   */
  public List<StoredImage> unaccounted(String runId, ImageState state) {
    return jdbc.sql(
            "SELECT "
                + COLUMNS
                + FROM
                + " WHERE run_id = ? AND state <> ? AND NOT (state = 'unreadable' AND EXISTS"
                + " (SELECT 1 FROM tare_not_inspected p WHERE p.run_id = i.run_id AND p.digest ="
                + " n.digest AND p.reference = n.registry || '/' || n.repository || CASE WHEN"
                + " n.sort_tag = '' THEN '@' || n.digest ELSE ':' || n.sort_tag END)) ORDER BY"
                + " i.id")
        .params(runId, state.word())
        .query((row, number) -> image(row))
        .list();
  }

  /** How many images of a run are in this state. */
  public int count(String runId, ImageState state) {
    return jdbc.sql("SELECT COUNT(*) FROM tare_image WHERE run_id = ? AND state = ?")
        .params(runId, state.word())
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

  /** By image: compressed bytes of the layers that no other image of this run has. */
  public Map<Long, Long> exclusiveBytes(String runId, Collection<Long> imageIds) {
    Map<Long, Long> bytes = new HashMap<>();
    imageIds.forEach(id -> bytes.put(id, 0L));
    jdbc.sql(
            "SELECT l.id, SUM(l.size_bytes) AS size_bytes FROM (SELECT i.id, a.digest,"
                + " MIN(a.size_bytes) AS size_bytes FROM tare_image i JOIN tare_listed_layer a ON"
                + " a.listed_id = i.listed_id WHERE i.id IN (:ids) GROUP BY i.id, a.digest) l WHERE"
                + " NOT EXISTS (SELECT 1 FROM tare_listed_layer o JOIN tare_image r ON r.listed_id"
                + " = o.listed_id WHERE o.digest = l.digest AND r.run_id = :run AND r.id <> l.id)"
                + " GROUP BY l.id")
        .param("ids", imageIds)
        .param("run", runId)
        .query((row, number) -> bytes.put(row.getLong("id"), row.getLong("size_bytes")))
        .list();
    return bytes;
  }

  /**
   * Those of these images of the run that others of it are built on: all of their layers are the
   * lowest of another, which has more.
   */
  public Set<Long> carrying(String runId, Collection<Long> imageIds) {
    if (imageIds.isEmpty()) {
      return Set.of();
    }
    return Set.copyOf(
        jdbc.sql(
                "SELECT i.id FROM tare_image i JOIN tare_listed_layer t ON t.listed_id ="
                    + " i.listed_id WHERE i.id IN (:ids) AND t.position = (SELECT MAX(m.position)"
                    + " FROM tare_listed_layer m WHERE m.listed_id = t.listed_id) AND EXISTS"
                    + " (SELECT 1 FROM tare_listed_layer o JOIN tare_listed_layer n ON n.listed_id"
                    + " = o.listed_id AND n.position = o.position + 1 JOIN tare_image r ON"
                    + " r.listed_id = o.listed_id AND r.run_id = :run WHERE o.digest = t.digest AND"
                    + " o.position = t.position AND NOT EXISTS (SELECT 1 FROM tare_listed_layer b"
                    + " LEFT JOIN tare_listed_layer c ON c.listed_id = o.listed_id AND c.position ="
                    + " b.position AND c.digest = b.digest WHERE b.listed_id = t.listed_id AND"
                    + " c.listed_id IS NULL))")
            .param("ids", imageIds)
            .param("run", runId)
            .query(Long.class)
            .list());
  }

  /**
   * Keeps the facts of a listed image.
   *
   * @return false where that had been done: then nothing changes
   */
  public boolean described(long imageId, PackedFacts facts) {
    return jdbc.sql(
                "UPDATE tare_image SET state = 'described', facts_id = ?, moment = ? WHERE id = ?"
                    + " AND state = 'listed'")
            .params(json.keep(facts.content()), facts.moment(), imageId)
            .update()
        > 0;
  }

  /** Gives listed images facts that are stored; those that had been described stay as they are. */
  public void describedAsBefore(List<LastResults.Described> images) {
    if (images.isEmpty()) {
      return;
    }
    String rows =
        String.join(
            ", ",
            Collections.nCopies(
                images.size(), "(CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS VARCHAR(128)))"));
    List<Object> parameters = new ArrayList<>();
    for (LastResults.Described image : images) {
      parameters.addAll(List.of(image.imageId(), image.factsId(), image.moment()));
    }
    images.forEach(image -> parameters.add(image.imageId()));
    jdbc.sql(
            "UPDATE tare_image SET state = 'described', (facts_id, moment) = (SELECT v.facts_id,"
                + " v.moment FROM (VALUES "
                + rows
                + ") AS v (image_id, facts_id, moment) WHERE v.image_id = tare_image.id) WHERE"
                + " state = 'listed' AND id IN ("
                + String.join(", ", Collections.nCopies(images.size(), "?"))
                + ")")
        .params(parameters)
        .update();
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

  /** Which facts a described image has. */
  public LastResults.Described storedFacts(long imageId) {
    return jdbc.sql("SELECT id, facts_id, matches_id, moment FROM tare_image WHERE id = ?")
        .param(imageId)
        .query((row, number) -> LastResults.described(row))
        .single();
  }

  /** The facts of a described image. */
  public JsonNode facts(long imageId) {
    return jdbc.sql(
            "SELECT c.content AS facts, moment, m.content AS matches, r.feeds FROM tare_image i"
                + " JOIN tare_content c ON c.id = i.facts_id JOIN tare_run r ON r.id = i.run_id"
                + " LEFT JOIN tare_content m ON m.id = i.matches_id WHERE i.id = ?")
        .param(imageId)
        .query((row, number) -> facts(row))
        .single();
  }

  /** The facts of the image with this digest as it was described last; empty where it never was. */
  public Optional<JsonNode> newestFacts(Digest digest) {
    return jdbc.sql(
            "SELECT i.id"
                + FROM
                + " WHERE n.digest = ? AND i.facts_id IS NOT NULL ORDER BY i.id DESC FETCH FIRST 1"
                + " ROWS ONLY")
        .param(digest.toString())
        .query((row, number) -> row.getLong(1))
        .optional()
        .map(this::facts);
  }

  private static JsonNode facts(ResultSet row) throws SQLException {
    return MatchedFacts.put(
        PackedFacts.unpack(row.getBytes("facts"), row.getString("moment")),
        row.getBytes("matches"),
        row.getString("feeds"));
  }

  /**
   * Keeps how a described image was judged; one that had been judged is left as it is.
   *
   * @param compressedBytes what it weighs, null where that was not measured
   * @return what is stored of its outcomes
   */
  public PackedOutcomes.Kept judged(
      long imageId, @Nullable Long compressedBytes, PackedOutcomes outcomes) {
    Base base = base(imageId, outcomes);
    jdbc.sql(
            "UPDATE tare_image SET state = 'judged', outcomes_id = ?, other_outcomes = ?, verdict ="
                + " ?, compressed_bytes = ?, findings = ? WHERE id = ? AND state = 'described'")
        .param(base.id())
        .param(base.others(outcomes.outcomes()))
        .param(Verdict.of(outcomes.outcomes()).word())
        .param(compressedBytes)
        .param(findings(outcomes.outcomes()))
        .param(imageId)
        .update();
    return new PackedOutcomes.Kept(
        base.id(),
        base.others(outcomes.before()),
        Verdict.of(outcomes.before()).word(),
        findings(outcomes.before()));
  }

  private static String findings(List<Outcome> outcomes) {
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    for (Outcome outcome : outcomes) {
      if (outcome.kind() == OutcomeKind.FAIL) {
        findings.merge(outcome.severity(), 1, Integer::sum);
      }
    }
    return StoredJson.text(findings);
  }

  /** Outcomes that are stored, to which others are stored as the difference. */
  private record Base(long id, List<Outcome> outcomes) {
    Map<Integer, Outcome> differing(List<Outcome> all) {
      Map<Integer, Outcome> others = new TreeMap<>();
      for (int i = 0; i < Math.min(all.size(), outcomes.size()); i++) {
        if (!all.get(i).equals(outcomes.get(i))) {
          others.put(i, all.get(i));
        }
      }
      return others;
    }

    byte @Nullable [] others(List<Outcome> all) {
      Map<Integer, Outcome> others = differing(all);
      return others.isEmpty() ? null : StoredJson.deflated(others);
    }
  }

  /** An image of which the clock alone changed an outcome or two refers to its earlier ones. */
  private Base base(long imageId, PackedOutcomes outcomes) {
    List<Outcome> all = outcomes.before();
    Long same = json.find(outcomes.packed().hash());
    if (same != null) {
      return new Base(same, all);
    }
    Long earlier =
        jdbc.sql(
                "SELECT e.outcomes_id FROM tare_image i JOIN tare_image e ON e.listed_id ="
                    + " i.listed_id WHERE i.id = ? AND e.id <> i.id AND e.outcomes_id IS NOT NULL"
                    + " ORDER BY e.id DESC FETCH FIRST 1 ROWS ONLY")
            .param(imageId)
            .query((row, number) -> row.getLong(1))
            .optional()
            .orElse(null);
    if (earlier != null) {
      Base before =
          new Base(earlier, StoredJson.inflatedList(json.deflated(earlier), Outcome.class));
      if (all.size() == before.outcomes().size()
          && before.differing(all).size() <= all.size() / PART_THAT_DIFFERS) {
        return before;
      }
    }
    return new Base(json.keep(outcomes.packed()), all);
  }

  /** Outcomes as they were stored. */
  static List<Outcome> outcomes(byte[] content, byte @Nullable [] others) {
    return with(StoredJson.inflatedList(content, Outcome.class), others);
  }

  private static List<Outcome> with(List<Outcome> stored, byte @Nullable [] others) {
    if (others == null) {
      return stored;
    }
    List<Outcome> outcomes = new ArrayList<>(stored);
    StoredJson.inflatedMap(others, Outcome.class).forEach(outcomes::set);
    return outcomes;
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
            "INSERT INTO tare_repository (run_id, registry, repository) SELECT CAST(? AS"
                + " VARCHAR(64)), registry, repository FROM tare_repository WHERE run_id = ? ON"
                + " CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql(
            "INSERT INTO tare_layer (run_id, digest, state, failure, reason)"
                + " SELECT CAST(? AS VARCHAR(64)), digest, state, failure, reason FROM tare_layer"
                + " WHERE run_id = ? AND state = 'unreadable' ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql(
            "INSERT INTO tare_not_inspected (run_id, reference, digest, stage, reason, failure)"
                + " SELECT CAST(? AS VARCHAR(64)), reference, digest, stage, reason, failure FROM"
                + " tare_not_inspected WHERE run_id = ? AND stage <> 'policy' ON CONFLICT DO"
                + " NOTHING")
        .params(toRun, fromRun)
        .update();
    new UsageStore(jdbc).copy(fromRun, toRun);
    jdbc.sql(
            "INSERT INTO tare_attached (run_id, registry, repository, digest) SELECT CAST(? AS"
                + " VARCHAR(64)), registry, repository, digest FROM tare_attached WHERE run_id = ?"
                + " ON CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql(
            "INSERT INTO tare_image (run_id, listed_id, state, facts_id, matches_id, moment) SELECT"
                + " CAST(? AS VARCHAR(64)), listed_id, 'described', facts_id, matches_id, moment"
                + " FROM tare_image WHERE run_id = ? AND facts_id IS NOT NULL ORDER BY id ON"
                + " CONFLICT DO NOTHING")
        .params(toRun, fromRun)
        .update();
    jdbc.sql("UPDATE tare_run SET feeds = (SELECT feeds FROM tare_run WHERE id = ?) WHERE id = ?")
        .params(fromRun, toRun)
        .update();
  }

  /**
   * Hands over the judged images in report order; memory does not grow with their number.
   *
   * @param withFacts whether facts are read too; they are many times larger than outcomes
   */
  void forEachJudged(String runId, boolean withFacts, Consumer<JudgedImage> consumer) {
    forEach(ids(JUDGED + ORDER, runId), withFacts, consumer);
  }

  /** The same of the images with one of these digests, with their facts. */
  void forEachJudgedOf(String runId, Collection<String> digests, Consumer<JudgedImage> consumer) {
    List<String> all = digests.stream().distinct().toList();
    if (!all.isEmpty()) {
      List<Object> parameters = new ArrayList<>(List.of(runId));
      parameters.addAll(all);
      String some = String.join(", ", Collections.nCopies(all.size(), "?"));
      forEach(
          ids(JUDGED + " AND n.digest IN (" + some + ")" + ORDER, parameters.toArray()),
          true,
          consumer);
    }
  }

  /**
   * Hands over, without facts, the judged images of a run that another run listed and judged alike,
   * or all others.
   */
  void forEachJudged(String runId, String otherRun, boolean alike, Consumer<JudgedImage> consumer) {
    forEach(
        ids(JUDGED + (alike ? " AND " : " AND NOT ") + JUDGED_ALIKE + ORDER, runId, otherRun),
        false,
        consumer);
  }

  private List<Long> ids(String condition, Object... parameters) {
    return jdbc.sql("SELECT i.id" + FROM + condition)
        .params(parameters)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  private void forEach(List<Long> ids, boolean withFacts, Consumer<JudgedImage> consumer) {
    Map<Long, List<Outcome>> outcomes = Map.of();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<Long> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
      Map<Long, List<Outcome>> known = outcomes(page, outcomes);
      outcomes = known;
      jdbc.sql(
              "SELECT "
                  + COLUMNS
                  + (withFacts
                      ? ", f.content AS facts, moment, m.content AS matches, r.feeds, r.judging,"
                          + " facts_id, matches_id, p.judged AS predicted_for, p.content AS"
                          + " predictions"
                      : "")
                  + ", outcomes_id, other_outcomes, verdict"
                  + FROM
                  + (withFacts
                      ? " JOIN tare_content f ON f.id = i.facts_id JOIN tare_run r ON r.id ="
                          + " i.run_id LEFT JOIN tare_content m ON m.id = i.matches_id LEFT JOIN"
                          + " tare_prediction p ON p.listed_id = i.listed_id"
                      : "")
                  + " WHERE i.id IN (:ids)"
                  + ORDER)
          .param("ids", page)
          .query((row, number) -> judgedImage(row, withFacts, known))
          .list()
          .forEach(consumer);
    }
  }

  /** Hands over each judged image of a run in numbers, in report order. */
  public void forEachSummary(String runId, Consumer<ImageSummary> consumer) {
    try (Stream<ImageSummary> images =
        jdbc
            .sql(
                "SELECT "
                    + COLUMNS
                    + ", verdict, compressed_bytes, findings"
                    + FROM
                    + JUDGED
                    + ORDER)
            .param(runId)
            .query((row, number) -> summary(row, runId))
            .stream()) {
      images.forEach(consumer);
    }
  }

  private static ImageSummary summary(ResultSet row, String runId) throws SQLException {
    StoredImage image = image(row);
    return new ImageSummary(
        runId,
        image.registry(),
        image.reference(),
        image.platform().toString(),
        image.digest().toString(),
        verdict(row),
        row.getObject("compressed_bytes", Long.class),
        StoredJson.counts(row.getString("findings")));
  }

  static Verdict verdict(ResultSet row) throws SQLException {
    return Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT));
  }

  /**
   * The outcomes as they are stored, by number: of images beside each other many have the same.
   *
   * @param known those of the page before
   */
  private Map<Long, List<Outcome>> outcomes(List<Long> page, Map<Long, List<Outcome>> known) {
    Map<Long, List<Outcome>> outcomes = new HashMap<>();
    List<Long> unread = new ArrayList<>();
    jdbc.sql("SELECT DISTINCT outcomes_id FROM tare_image WHERE id IN (:ids)")
        .param("ids", page)
        .query((row, number) -> row.getLong(1))
        .list()
        .forEach(id -> {
          List<Outcome> read = known.get(id);
          if (read == null) {
            unread.add(id);
          } else {
            outcomes.put(id, read);
          }
        });
    if (!unread.isEmpty()) {
      jdbc.sql("SELECT id, content FROM tare_content WHERE id IN (:ids)")
          .param("ids", unread)
          .query((row, number) ->
              outcomes.put(
                  row.getLong("id"),
                  StoredJson.inflatedList(row.getBytes("content"), Outcome.class)))
          .list();
    }
    return outcomes;
  }

  private static JudgedImage judgedImage(
      ResultSet row, boolean withFacts, Map<Long, List<Outcome>> outcomes) throws SQLException {
    StoredImage image = image(row);
    JudgedImage judged =
        new JudgedImage(
            image.registry(),
            image.repository(),
            image.tags(),
            image.reference(),
            image.digest().toString(),
            image.platform().toString(),
            verdict(row),
            withFacts ? facts(row) : JsonNodeFactory.instance.missingNode(),
            with(
                Objects.requireNonNull(outcomes.get(row.getLong("outcomes_id"))),
                row.getBytes("other_outcomes")));
    return withFacts ? judged.withPredictions(PredictionStore.of(row)) : judged;
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
