package dev.tare.store;

import dev.tare.finding.BasePrediction;
import dev.tare.store.packed.StoredJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What images would be on other bases: of each image as it was listed what was found out last, by
 * all that it was made of. Runs of which that is the same have it in common.
 */
public final class PredictionStore {
  /** Counted up when predictions are stored in another form. */
  private static final String FORMAT = "2";

  private final JdbcClient jdbc;

  /** Over this database. */
  public PredictionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A judged image of a run.
   *
   * @param judged equal where an image was judged by the same, with the same feeds, on the same day
   * @param madeOf hash of all that the stored predictions were made of; null where there are none
   */
  public record Judged(StoredImage image, String judged, @Nullable String madeOf) {
    /** Whether what is stored was made of this. */
    public boolean isMadeOf(String all) {
      return hash(all).equals(madeOf);
    }
  }

  /**
   * The judged images of a run, in the order they were listed.
   *
   * @param judging digest of all that judges it, waivers aside
   */
  public List<Judged> ofRun(String runId, String judging) {
    return jdbc.sql(
            "SELECT "
                + ImageStore.COLUMNS
                + ", i.facts_id, i.matches_id, i.moment, r.feeds, p.made_of"
                + ImageStore.FROM
                + " JOIN tare_run r ON r.id = i.run_id LEFT JOIN tare_prediction p ON p.listed_id ="
                + " i.listed_id WHERE i.run_id = ? AND i.state = 'judged' ORDER BY i.id")
        .param(runId)
        .query((row, number) ->
            new Judged(ImageStore.image(row), judged(row, judging), row.getString("made_of")))
        .list();
  }

  /**
   * Keeps what an image would be on other bases, in the place of what was known of it.
   *
   * @param madeOf all that it was made of
   */
  public void keep(Judged image, String madeOf, List<BasePrediction> predictions) {
    String content = StoredJson.text(predictions);
    int changed =
        jdbc.sql(
                "UPDATE tare_prediction SET made_of = ?, judged = ?, content = ? WHERE listed_id ="
                    + " (SELECT listed_id FROM tare_image WHERE id = ?)")
            .params(hash(madeOf), image.judged(), content, image.image().id())
            .update();
    if (changed == 0) {
      jdbc.sql(
              "INSERT INTO tare_prediction (listed_id, made_of, judged, content) SELECT listed_id,"
                  + " CAST(? AS VARCHAR(32)), CAST(? AS VARCHAR(32)), CAST(? AS TEXT) FROM"
                  + " tare_image WHERE id = ? ON CONFLICT DO NOTHING")
          .params(hash(madeOf), image.judged(), content, image.image().id())
          .update();
    }
  }

  /** What is stored for the image of this row; none where it was made for another judgement. */
  static List<BasePrediction> of(ResultSet row) throws SQLException {
    String content = row.getString("predictions");
    return content != null
            && judged(row, row.getString("judging")).equals(row.getString("predicted_for"))
        ? StoredJson.list(content, BasePrediction.class)
        : List.of();
  }

  private static String judged(ResultSet row, @Nullable String judging) throws SQLException {
    return hash(
        FORMAT
            + " "
            + row.getLong("facts_id")
            + " "
            + row.getLong("matches_id")
            + " "
            + PackedFacts.day(row.getString("moment"))
            + " "
            + judging
            + " "
            + row.getString("feeds"));
  }

  private static String hash(String text) {
    return PackedJson.hash(text.getBytes(StandardCharsets.UTF_8));
  }
}
