package dev.tare.store;

import dev.tare.facts.Vulnerabilities;
import dev.tare.store.feed.FeedTable;
import dev.tare.vulnerability.FeedStore;
import dev.tare.vulnerability.Inventory;
import dev.tare.vulnerability.Matches;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What facts came to when they were matched with feeds last. It is kept by facts and feeds: a run
 * whose images and feeds did not change asks for nothing else.
 */
public final class MatchStore {
  private final JdbcClient jdbc;
  private final JsonStore json;

  /** Over this database. */
  public MatchStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.json = new JsonStore(jdbc);
  }

  /** The feeds that are kept. */
  public FeedStore feeds() {
    return new FeedTable(jdbc);
  }

  /**
   * Facts that are to be matched.
   *
   * @param inventory hash of what of them is matched; null where it is not known yet
   */
  public record Unmatched(long factsId, @Nullable String inventory) {}

  /** Records what a run matches with, in the place of what it began to match with before. */
  public void pin(String runId, List<Vulnerabilities.Source> feeds) {
    jdbc.sql("UPDATE tare_run SET feeds = ? WHERE id = ?")
        .params(StoredJson.text(feeds), runId)
        .update();
  }

  /** The facts of described images of a run that have not been matched with these feeds. */
  public List<Unmatched> unmatched(String runId, String feeds) {
    return jdbc.sql(
            "SELECT DISTINCT i.facts_id, m.inventory FROM tare_image i LEFT JOIN tare_match m ON"
                + " m.facts_id = i.facts_id WHERE i.run_id = ? AND i.state = 'described' AND"
                + " (m.feeds IS NULL OR m.feeds <> ?) ORDER BY i.facts_id")
        .params(runId, feeds)
        .query((row, number) ->
            new Unmatched(row.getLong("facts_id"), row.getString("inventory")))
        .list();
  }

  /** The facts of this number, without what the clock alone changes. */
  public JsonNode facts(long factsId) {
    return StoredJson.inflatedTree(json.deflated(factsId));
  }

  /** The hash of an inventory. */
  public static String hash(Inventory inventory) {
    return PackedJson.hash(StoredJson.text(inventory).getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps matches; their number. */
  public long keep(Matches matches) {
    return json.keep(PackedJson.of(matches));
  }

  /** Remembers what facts came to. */
  public void matched(long factsId, String inventory, String feeds, long matchesId) {
    int changed =
        jdbc.sql(
                "UPDATE tare_match SET inventory = ?, feeds = ?, matches_id = ? WHERE facts_id = ?")
            .params(inventory, feeds, matchesId, factsId)
            .update();
    if (changed == 0) {
      jdbc.sql(
              "INSERT INTO tare_match (facts_id, inventory, feeds, matches_id) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT DO NOTHING")
          .params(factsId, inventory, feeds, matchesId)
          .update();
    }
  }

  /** Gives the described images of a run what their facts came to. */
  public void apply(String runId) {
    jdbc.sql(
            "UPDATE tare_image SET matches_id = (SELECT m.matches_id FROM tare_match m WHERE"
                + " m.facts_id = tare_image.facts_id) WHERE run_id = ? AND state = 'described'")
        .param(runId)
        .update();
  }
}
