package dev.tare.store;

import dev.tare.finding.Outcome;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What listed images came to last, by all that it was made of: a run for which that is the same
 * takes it over. It is kept by place, tags and digest, and stays as long as a run refers to it.
 * Whoever writes of several images in one transaction does so in one order of them.
 */
public final class LastResults {
  /**
   * The facts of a described image, by number.
   *
   * @param factsId equal for equal facts, whatever the time
   * @param matchesId what its packages came to, by number; 0 where they were matched with nothing
   * @param moment what of them the clock alone changes
   */
  public record Described(long imageId, long factsId, long matchesId, String moment) {
    /** Before its packages are matched. */
    public Described(long imageId, long factsId, String moment) {
      this(imageId, factsId, 0, moment);
    }
  }

  private static final String OF_IMAGE = "id = (SELECT listed_id FROM tare_image WHERE id = ?)";

  private static final int PAGE = 100;

  private final JdbcClient jdbc;

  /** Over this database. */
  public LastResults(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The facts that an image was last described by, by number.
   *
   * @param hash of all that they were made of, but the time
   */
  public record Facts(long factsId, String hash) {
    /** Whether they were made of this. */
    public boolean areMadeOf(String all) {
      return hash.equals(LastResults.hash(all));
    }
  }

  /**
   * By image: the facts that it was last described by; images of which none are known are left out.
   */
  public Map<Long, Facts> facts(Collection<Long> imageIds) {
    Map<Long, Facts> facts = new HashMap<>();
    jdbc.sql(
            "SELECT i.id, n.last_facts_id, n.last_made_of FROM tare_image i JOIN tare_listed n ON"
                + " n.id = i.listed_id JOIN tare_content c ON c.id = n.last_facts_id WHERE i.id IN"
                + " (:ids) AND n.last_made_of IS NOT NULL")
        .param("ids", imageIds)
        .query((row, number) ->
            facts.put(
                row.getLong("id"),
                new Facts(row.getLong("last_facts_id"), row.getString("last_made_of"))))
        .list();
    return facts;
  }

  /** Remembers what the facts of a described image were made of. */
  public void described(long imageId, String madeOf) {
    jdbc.sql(
            "UPDATE tare_listed SET last_made_of = ?, last_facts_id = (SELECT facts_id FROM tare_image WHERE id = ?) WHERE "
                + OF_IMAGE)
        .params(hash(madeOf), imageId, imageId)
        .update();
  }

  /**
   * The outcomes, before waivers, that the facts of a described image came to last.
   *
   * @param judge all that judges but waivers and the time; empty where that was something else
   */
  public Optional<List<Outcome>> outcomes(Described facts, String judge) {
    return jdbc.sql(
            "SELECT c.content, n.last_other_outcomes FROM tare_image i JOIN tare_listed n ON n.id = i.listed_id"
                + " JOIN tare_content c ON c.id = n.last_outcomes_id WHERE i.id = ? AND n.last_judged = ?")
        .params(facts.imageId(), judged(facts, judge))
        .query((row, number) ->
            ImageStore.outcomes(row.getBytes("content"), row.getBytes("last_other_outcomes")))
        .optional();
  }

  /** Remembers what the facts of a described image came to. */
  public void judged(Described facts, String judge, PackedOutcomes.Kept outcomes) {
    jdbc.sql(
            "UPDATE tare_listed SET last_judged = ?, last_judged_day = ?, last_outcomes_id = ?, last_other_outcomes = ?,"
                + " last_verdict = ?, last_compressed_bytes = (SELECT compressed_bytes FROM tare_image WHERE id = ?),"
                + " last_findings = ? WHERE "
                + OF_IMAGE)
        .param(judged(facts, judge))
        .param(PackedFacts.day(facts.moment()))
        .param(outcomes.id())
        .param(outcomes.others())
        .param(outcomes.verdict())
        .param(facts.imageId())
        .param(outcomes.findings())
        .param(facts.imageId())
        .update();
  }

  /** The described images of a run that were last judged by the same on the same day. */
  public List<Described> judgedToday(String runId, String judge) {
    return jdbc
        .sql(
            "SELECT i.id, i.facts_id, i.matches_id, i.moment, n.last_judged, n.last_judged_day FROM tare_image i"
                + " JOIN tare_listed n ON n.id = i.listed_id JOIN tare_content c ON c.id = n.last_outcomes_id"
                + " WHERE i.run_id = ? AND i.state = 'described' ORDER BY i.id")
        .param(runId)
        .query((row, number) -> {
          Described facts = described(row);
          boolean same =
              judged(facts, judge).equals(row.getString("last_judged"))
                  && PackedFacts.day(facts.moment()).equals(row.getString("last_judged_day"));
          return same ? Optional.of(facts) : Optional.<Described>empty();
        })
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Gives described images the outcomes that they were last judged by, as they were before waivers;
   * those that somebody else judged meanwhile stay as they are.
   */
  public void takeOver(List<Described> all, String judge) {
    for (int from = 0; from < all.size(); from += PAGE) {
      List<Described> page = all.subList(from, Math.min(all.size(), from + PAGE));
      jdbc.sql(
              "UPDATE tare_image SET state = 'judged', (outcomes_id, other_outcomes, verdict,"
                  + " compressed_bytes, findings) = (SELECT n.last_outcomes_id,"
                  + " n.last_other_outcomes, n.last_verdict, n.last_compressed_bytes,"
                  + " n.last_findings FROM tare_listed n WHERE n.id = tare_image.listed_id) WHERE"
                  + " id IN (:ids) AND state = 'described' AND EXISTS (SELECT 1 FROM tare_listed n"
                  + " WHERE n.id = tare_image.listed_id AND (n.last_judged, n.last_judged_day) IN"
                  + " (:judged))")
          .param("ids", page.stream().map(Described::imageId).toList())
          .param(
              "judged",
              // Facts hold their place: what one of these images was judged by, no other was.
              page.stream()
                  .map(
                      facts -> new Object[] {judged(facts, judge), PackedFacts.day(facts.moment())})
                  .toList())
          .update();
    }
  }

  static Described described(ResultSet row) throws SQLException {
    return new Described(
        row.getLong("id"),
        row.getLong("facts_id"),
        row.getLong("matches_id"),
        row.getString("moment"));
  }

  private static String judged(Described facts, String judge) {
    return hash(facts.factsId() + " " + facts.matchesId() + " " + judge);
  }

  private static String hash(String text) {
    return PackedJson.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
