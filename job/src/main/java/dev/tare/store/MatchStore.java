package dev.tare.store;

import dev.tare.facts.StoredFacts;
import dev.tare.facts.Vulnerabilities;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import dev.tare.store.feed.FeedTable;
import dev.tare.store.packed.MatchedFacts;
import dev.tare.store.packed.StoredJson;
import dev.tare.vulnerability.FeedStore;
import dev.tare.vulnerability.Inventory;
import dev.tare.vulnerability.Matches;
import dev.tare.vulnerability.NamedImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What of facts is matched, and what they came to when they were matched with feeds last. It is
 * kept by facts and feeds: a run whose images and feeds did not change asks for nothing else.
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

  /** Records what a run matches with, in the place of what it began to match with before. */
  public void pin(String runId, List<Vulnerabilities.Source> feeds) {
    jdbc.sql("UPDATE tare_run SET feeds = ? WHERE id = ?")
        .params(StoredJson.text(feeds), runId)
        .update();
  }

  /** Whether these feeds are what a run has matched with: none, where it matched with nothing. */
  public boolean isPinned(String runId, List<Vulnerabilities.Source> feeds) {
    String pinned =
        jdbc.sql("SELECT COALESCE(feeds, '[]') FROM tare_run WHERE id = ?")
            .param(runId)
            .query(String.class)
            .single();
    return pinned.equals(StoredJson.text(feeds));
  }

  /** The facts of described images of a run of which it is not known what is matched of them. */
  public List<Long> unlisted(String runId) {
    return jdbc.sql(
            "SELECT DISTINCT i.facts_id FROM tare_image i WHERE i.run_id = ? AND i.state ="
                + " 'described' AND NOT EXISTS (SELECT 1 FROM tare_match m WHERE m.facts_id ="
                + " i.facts_id) ORDER BY i.facts_id")
        .param(runId)
        .query((row, number) -> row.getLong("facts_id"))
        .list();
  }

  /** The same of all images of all runs. */
  public List<Long> unlisted() {
    return jdbc.sql(
            "SELECT DISTINCT i.facts_id FROM tare_image i WHERE i.facts_id IS NOT NULL AND NOT"
                + " EXISTS (SELECT 1 FROM tare_match m WHERE m.facts_id = i.facts_id) ORDER BY"
                + " i.facts_id")
        .query((row, number) -> row.getLong("facts_id"))
        .list();
  }

  /** Remembers what is matched of the facts of this number, of which nothing was known. */
  public void list(long factsId, Inventory inventory) {
    jdbc.sql(
            "INSERT INTO tare_match (facts_id, inventory, ecosystems, feeds) VALUES (?, ?, ?, '')"
                + " ON CONFLICT DO NOTHING")
        .params(factsId, hash(inventory), String.join("\n", inventory.ecosystems()))
        .update();
  }

  /** The ecosystems of which the described images of a run need feeds. */
  public Set<String> ecosystems(String runId) {
    return lines(
        jdbc.sql(
                "SELECT DISTINCT m.ecosystems FROM tare_image i JOIN tare_match m ON m.facts_id ="
                    + " i.facts_id WHERE i.run_id = ? AND i.state = 'described'")
            .param(runId));
  }

  /** The same of all images of all runs. */
  public Set<String> ecosystems() {
    return lines(
        jdbc.sql(
            "SELECT DISTINCT m.ecosystems FROM tare_image i JOIN tare_match m ON m.facts_id ="
                + " i.facts_id"));
  }

  private static Set<String> lines(JdbcClient.StatementSpec query) {
    Set<String> ecosystems = new TreeSet<>();
    for (String lines : query.query((row, number) -> row.getString("ecosystems")).list()) {
      lines.lines().forEach(ecosystems::add);
    }
    return ecosystems;
  }

  /**
   * By hash, the inventories of described images of a run that have not been matched with these
   * feeds, each with facts that have it.
   */
  public Map<String, Long> unmatched(String runId, String feeds) {
    Map<String, Long> facts = new TreeMap<>();
    jdbc.sql(
            "SELECT m.inventory, MIN(i.facts_id) AS facts_id FROM tare_image i JOIN tare_match m ON"
                + " m.facts_id = i.facts_id WHERE i.run_id = ? AND i.state = 'described' AND"
                + " m.feeds <> ? GROUP BY m.inventory")
        .params(runId, feeds)
        .query((row, number) -> facts.put(row.getString("inventory"), row.getLong("facts_id")))
        .list();
    return facts;
  }

  /** The facts of this number, without what the clock alone changes. */
  public JsonNode facts(long factsId) {
    return StoredJson.inflatedTree(json.deflated(factsId));
  }

  private static String hash(Inventory inventory) {
    return PackedJson.hash(StoredJson.text(inventory).getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps matches; their number. */
  public long keep(Matches matches) {
    return json.keep(PackedJson.of(matches));
  }

  /** What an inventory came to with these feeds; empty where it was not matched with them. */
  public Optional<Long> matches(String inventory, String feeds) {
    return jdbc.sql(
            "SELECT matches_id FROM tare_match WHERE inventory = ? AND feeds = ? ORDER BY facts_id"
                + " FETCH FIRST 1 ROWS ONLY")
        .params(inventory, feeds)
        .query((row, number) -> row.getLong("matches_id"))
        .optional();
  }

  /** Remembers what all facts that have this inventory come to. */
  public void matched(String inventory, String feeds, long matchesId) {
    jdbc.sql("UPDATE tare_match SET feeds = ?, matches_id = ? WHERE inventory = ?")
        .params(feeds, matchesId, inventory)
        .update();
  }

  /**
   * What an image came to last.
   *
   * @param feeds equal where the feeds were
   * @param gaps why vulnerabilities may be missing
   */
  public record Matched(String feeds, Vulnerabilities vulnerabilities, List<String> gaps) {}

  /** What the packages of the image with this digest came to last; empty where never matched. */
  public Optional<Matched> ofImage(Digest digest) {
    return jdbc.sql(
            "SELECT m.feeds, t.content FROM tare_listed n JOIN tare_image i ON i.listed_id = n.id"
                + " JOIN tare_match m ON m.facts_id = i.facts_id JOIN tare_content t ON t.id ="
                + " m.matches_id WHERE n.digest = ? ORDER BY i.id DESC FETCH FIRST 1 ROWS ONLY")
        .param(digest.toString())
        .query((row, number) -> matched(row.getString("feeds"), row.getBytes("content")))
        .optional();
  }

  private static Matched matched(String feeds, byte[] content) {
    JsonNode matches = StoredJson.inflatedTree(content);
    return new Matched(
        feeds,
        StoredFacts.of(matches).vulnerabilities(),
        matches.path("gaps").valueStream().map(gap -> gap.asString("")).toList());
  }

  /**
   * A described image of a run.
   *
   * @param matchesId what its packages came to, by number; 0 where they were matched with nothing
   * @param named what others may know it by
   */
  public record MatchedImage(long id, long matchesId, NamedImage named) {}

  /** The described images of a run, those with equal matches together. */
  public List<MatchedImage> images(String runId) {
    return jdbc.sql(
            "SELECT i.id, i.matches_id, n.registry, n.repository, n.tags, n.digest, n.index_digest,"
                + " n.config_digest, n.chain_id, n.platform FROM tare_image i JOIN tare_listed n ON n.id = i.listed_id WHERE"
                + " i.run_id = ? AND i.facts_id IS NOT NULL ORDER BY i.matches_id, i.id")
        .param(runId)
        .query((row, number) ->
            new MatchedImage(
                row.getLong("id"),
                row.getLong("matches_id"),
                new NamedImage(
                    row.getString("registry"),
                    row.getString("repository"),
                    StoredJson.list(row.getString("tags"), String.class),
                    row.getString("digest"),
                    row.getString("index_digest"),
                    row.getString("config_digest"),
                    row.getString("chain_id"),
                    Platform.parse(row.getString("platform")).architecture())))
        .list();
  }

  /** Matches that are kept. */
  public Matches matches(long matchesId) {
    JsonNode matches = StoredJson.inflatedTree(json.deflated(matchesId));
    return new Matches(
        StoredFacts.of(matches).vulnerabilities(),
        matches.path("gaps").valueStream().map(gap -> gap.asString("")).toList());
  }

  /** Gives an image of a run other matches. */
  public void answered(long imageId, long matchesId) {
    jdbc.sql("UPDATE tare_image SET matches_id = ? WHERE id = ?")
        .params(matchesId, imageId)
        .update();
  }

  /** Facts with what their packages come to now, which is not kept. */
  public JsonNode put(JsonNode facts, Matches matches, List<Vulnerabilities.Source> feeds) {
    return MatchedFacts.put(facts, StoredJson.deflated(matches), StoredJson.text(feeds));
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
