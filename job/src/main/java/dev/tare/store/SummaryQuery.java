package dev.tare.store;

import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.RunSummary;
import dev.tare.finding.Severity;
import dev.tare.finding.Verdict;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds a run up. */
public final class SummaryQuery {
  private final JdbcClient jdbc;
  private final ImageStore images;
  private final LayerStore layers;

  /** Over these stores of one database. */
  public SummaryQuery(JdbcClient jdbc, ImageStore images, LayerStore layers) {
    this.jdbc = jdbc;
    this.images = images;
    this.layers = layers;
  }

  /** The run in numbers, as of now. */
  public RunSummary of(String runId) {
    Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    images.forEachJudged(
        runId,
        false,
        image -> {
          verdicts.merge(image.verdict(), 1, Integer::sum);
          for (Outcome outcome : image.outcomes()) {
            if (outcome.kind() == OutcomeKind.FAIL) {
              findings.merge(outcome.severity(), 1, Integer::sum);
            }
          }
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
        findings);
  }

  private int count(String table, String runId) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE run_id = ?")
        .param(runId)
        .query(Integer.class)
        .single();
  }
}
