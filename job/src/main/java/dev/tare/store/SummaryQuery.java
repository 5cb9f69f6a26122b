package dev.tare.store;

import dev.tare.finding.RunSummary;
import dev.tare.finding.Score;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import dev.tare.store.packed.StoredJson;
import dev.tare.store.packed.VulnerabilitySums;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds a run up. */
public final class SummaryQuery {
  private final JdbcClient jdbc;
  private final LayerStore layers;
  private final ImageStore images;

  /** Over this database, and the layers in it. */
  public SummaryQuery(JdbcClient jdbc, LayerStore layers) {
    this.jdbc = jdbc;
    this.layers = layers;
    this.images = new ImageStore(jdbc);
  }

  /** The run in numbers, as of now. */
  public RunSummary of(String runId) {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    jdbc.sql(
            "SELECT verdict, findings, COUNT(*) AS images FROM tare_image WHERE run_id = ? AND"
                + " state = 'judged' GROUP BY verdict, findings")
        .param(runId)
        .query(
            (RowCallbackHandler)
                row -> {
                  int alike = row.getInt("images");
                  verdicts.merge(ImageStore.verdict(row), alike, Integer::sum);
                  StoredJson.counts(row.getString("findings"))
                      .forEach((severity, count) ->
                          findings.merge(severity, count * alike, Integer::sum));
                });
    LayerStore.Totals layers = this.layers.totals(runId);
    int compliant = verdicts.getOrDefault(Verdict.COMPLIANT, 0);
    int failing = verdicts.getOrDefault(Verdict.FAILING, 0);
    int unknown = verdicts.getOrDefault(Verdict.UNKNOWN, 0);
    return new RunSummary(
        count("tare_repository", runId),
        compliant + failing + unknown,
        compliant,
        failing,
        unknown,
        count("tare_not_inspected", runId),
        count("tare_attached", runId),
        layers.unique(),
        layers.fetched(),
        layers.fetchedBytes(),
        findings,
        VulnerabilitySums.of(jdbc, runId),
        score(runId));
  }

  private @Nullable Integer score(String runId) {
    Score.Mean mean = new Score.Mean();
    images.forEachJudged(runId, false, image -> mean.add(image.score()));
    return mean.value();
  }

  private int count(String table, String runId) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE run_id = ?")
        .param(runId)
        .query(Integer.class)
        .single();
  }
}
