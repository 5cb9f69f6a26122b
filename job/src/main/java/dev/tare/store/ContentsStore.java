package dev.tare.store;

import dev.tare.lineage.ComparedImage;
import dev.tare.lineage.Contents;
import dev.tare.oci.Digest;
import dev.tare.store.packed.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What images are compared by, one row for each manifest that was ever described: facts are many
 * times larger, and all images of all runs are read for one comparison.
 */
public final class ContentsStore {
  private static final int PAGE = 500;
  private static final String IMAGES =
      "SELECT "
          + ImageStore.COLUMNS
          + ", content"
          + ImageStore.FROM
          + " JOIN tare_image_contents c ON c.digest = n.digest";

  private final JdbcClient jdbc;

  /** Over this database. */
  public ContentsStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The shape of a row. */
  record Row(Contents contents, List<String> ancestors) {}

  /** Keeps what a manifest holds and stands on, in the place of what was known of it. */
  public void keep(Digest image, Contents contents, Collection<Digest> ancestors) {
    String content =
        StoredJson.text(
            new Row(contents, ancestors.stream().distinct().map(Digest::toString).toList()));
    int changed =
        jdbc.sql("UPDATE tare_image_contents SET content = ? WHERE digest = ?")
            .params(content, image.toString())
            .update();
    if (changed == 0) {
      jdbc.sql(
              "INSERT INTO tare_image_contents (digest, content) VALUES (?, ?) ON CONFLICT DO"
                  + " NOTHING")
          .params(image.toString(), content)
          .update();
    }
  }

  /**
   * What is known now, of all finished runs and of this one: of each repository, tag and platform
   * the image that was seen last.
   */
  public List<ComparedImage> known(String runId) {
    List<Long> ids =
        jdbc.sql(
                // Of each listed image first: many runs have the same.
                "SELECT MAX(l.newest) AS newest FROM (SELECT i.listed_id, MAX(i.id) AS newest FROM"
                    + " tare_image i JOIN tare_run r ON r.id = i.run_id WHERE (r.status ="
                    + " 'finished' AND r.source_run IS NULL OR r.id = ?) AND i.facts_id IS NOT NULL"
                    + " GROUP BY i.listed_id) l JOIN tare_listed n ON n.id = l.listed_id GROUP BY"
                    + " n.registry, n.repository, n.platform, n.sort_tag, CASE WHEN n.sort_tag = ''"
                    + " THEN n.digest ELSE '' END ORDER BY newest")
            .param(runId)
            .query((row, number) -> row.getLong(1))
            .list();
    List<ComparedImage> known = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += PAGE) {
      known.addAll(
          jdbc.sql(IMAGES + " WHERE i.id IN (:ids) ORDER BY i.id")
              .param("ids", ids.subList(from, Math.min(ids.size(), from + PAGE)))
              .query((row, number) -> image(row))
              .list());
    }
    return known;
  }

  /** By digest, the images of one run that are described, and how often it has each. */
  public Map<Digest, Integer> ofRun(String runId) {
    Map<Digest, Integer> images = new LinkedHashMap<>();
    jdbc.sql(
            "SELECT n.digest, COUNT(*) AS images, MIN(i.id) AS first_id"
                + ImageStore.FROM
                + " WHERE i.run_id = ? AND i.facts_id IS NOT NULL GROUP BY n.digest ORDER BY"
                + " first_id")
        .param(runId)
        .query((row, number) ->
            images.put(Digest.parse(row.getString("digest")), row.getInt("images")))
        .list();
    return images;
  }

  /** The image with this manifest digest, by the name it was seen under last. */
  public Optional<ComparedImage> find(Digest digest) {
    return jdbc.sql(
            "SELECT n.id AS id, registry, repository, n.digest AS digest, index_digest, media_type,"
                + " config_digest, platform, tags, content, (SELECT COALESCE(MAX(i.id), 0) FROM"
                + " tare_image i WHERE i.listed_id = n.id) AS seen FROM tare_listed n JOIN"
                + " tare_image_contents c ON c.digest = n.digest WHERE n.digest = ? ORDER BY seen"
                + " DESC, n.id DESC FETCH FIRST 1 ROWS ONLY")
        .param(digest.toString())
        .query((row, number) -> image(row))
        .optional();
  }

  private static ComparedImage image(ResultSet row) throws SQLException {
    StoredImage image = ImageStore.image(row);
    Row kept = StoredJson.value(row.getString("content"), Row.class);
    return new ComparedImage(
        image.reference(),
        image.digest(),
        image.platform().toString(),
        kept.contents(),
        kept.ancestors().stream().map(Digest::parse).collect(Collectors.toUnmodifiableSet()));
  }
}
