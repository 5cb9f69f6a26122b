package dev.tare.batch;

import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.layer.ContentInterest;
import dev.tare.store.ContentsStore;
import dev.tare.store.DocumentStore;
import dev.tare.store.EarlierBuilds;
import dev.tare.store.EnumerationStore;
import dev.tare.store.ImageStore;
import dev.tare.store.LastResults;
import dev.tare.store.LayerStore;
import dev.tare.store.MatchStore;
import dev.tare.store.PredictionStore;
import dev.tare.store.RunRecord;
import dev.tare.store.RunStore;
import dev.tare.store.SightingStore;
import dev.tare.store.StoredCatalog;
import dev.tare.store.StoredResults;
import dev.tare.store.SummaryQuery;
import dev.tare.store.UsageStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores over one database, by role. */
public record Stores(
    JdbcClient jdbc,
    RunStore runs,
    DocumentStore documents,
    EnumerationStore enumeration,
    SightingStore sightings,
    LayerStore layers,
    ImageStore images,
    EarlierBuilds earlier,
    LastResults last,
    ContentsStore contents,
    UsageStore usage,
    MatchStore matches,
    PredictionStore predictions) {

  static Stores over(JdbcClient jdbc, ContentInterest interest, boolean wholeLayers) {
    return new Stores(
        jdbc,
        new RunStore(jdbc),
        new DocumentStore(jdbc),
        new EnumerationStore(jdbc),
        new SightingStore(jdbc),
        new LayerStore(jdbc, interest, wholeLayers),
        new ImageStore(jdbc),
        new EarlierBuilds(jdbc),
        new LastResults(jdbc),
        new ContentsStore(jdbc),
        new UsageStore(jdbc),
        new MatchStore(jdbc),
        new PredictionStore(jdbc));
  }

  RunSummary summary(String runId) {
    return new SummaryQuery(jdbc, layers).of(runId);
  }

  StoredCatalog catalog(String runId) {
    return new StoredCatalog(jdbc, runId);
  }

  /** What a run came to, or has come to so far. */
  RunResults results(RunRecord run) {
    RunSummary summary = run.summary();
    return new StoredResults(jdbc, run, summary == null ? summary(run.id()) : summary);
  }
}
