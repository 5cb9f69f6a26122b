package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.finding.ImageSummary;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.NotInspected;
import dev.tare.finding.RuleDoc;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunResults;
import dev.tare.finding.RunSummary;
import dev.tare.finding.RunTerms;
import dev.tare.finding.WaiverUse;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The results of one run, read from the database. Not thread-safe. */
public final class StoredResults implements RunResults {
  private final JdbcClient jdbc;
  private final RunStore runs;
  private final ImageStore images;
  private final UsageStore usage;
  private final RunRecord run;
  private final RunSummary summary;

  /** Kept: each format asks for them, some for each of their controls. */
  private @Nullable List<RuleDoc> rules;

  /**
   * The results of {@code run}; one that is about to finish is given its summary, later the stored
   * one is used.
   *
   * @param summary the run in numbers
   */
  public StoredResults(JdbcClient jdbc, RunRecord run, RunSummary summary) {
    this.jdbc = jdbc;
    this.runs = new RunStore(jdbc);
    this.images = new ImageStore(jdbc);
    this.usage = new UsageStore(jdbc);
    this.run = run;
    this.summary = summary;
  }

  @Override
  public RunInfo run() {
    return new RunInfo(
        run.id(),
        run.kind(),
        run.sourceRun(),
        run.toolVersion(),
        run.startedAt(),
        run.finishedAt() == null ? run.startedAt() : run.finishedAt(),
        run.targets(),
        runs.policies(run.id()));
  }

  @Override
  public RunSummary summary() {
    return summary;
  }

  @Override
  public void forEachImage(Consumer<JudgedImage> consumer) {
    images.forEachJudged(run.id(), true, withUse(consumer));
  }

  @Override
  public void forEachImageOf(Collection<String> digests, Consumer<JudgedImage> consumer) {
    images.forEachJudgedOf(run.id(), digests, withUse(consumer));
  }

  private Consumer<JudgedImage> withUse(Consumer<JudgedImage> consumer) {
    return usage.isAny(run.id())
        ? image -> consumer.accept(image.withUsedBy(usage.of(run.id(), image)))
        : consumer;
  }

  @Override
  public void forEachVerdict(Consumer<JudgedImage> consumer) {
    images.forEachJudged(run.id(), false, consumer);
  }

  @Override
  public void forEachAlike(RunResults other, Consumer<JudgedImage> consumer) {
    images.forEachJudged(run.id(), other.run().id(), true, consumer);
  }

  @Override
  public void forEachUnlike(RunResults other, Consumer<JudgedImage> consumer) {
    images.forEachJudged(run.id(), other.run().id(), false, consumer);
  }

  @Override
  public void forEachSummary(Consumer<ImageSummary> consumer) {
    images.forEachSummary(run.id(), consumer);
  }

  @Override
  public List<NotInspected> notInspected() {
    return jdbc.sql(
            "SELECT reference, digest, stage, reason, failure FROM tare_not_inspected WHERE run_id"
                + " = ? ORDER BY reference, digest, stage")
        .param(run.id())
        .query((row, number) -> {
          String digest = row.getString("digest");
          return new NotInspected(
              row.getString("reference"),
              digest.isEmpty() ? null : digest,
              NotInspected.Stage.of(row.getString("stage")),
              row.getString("reason"),
              FailureKind.valueOf(row.getString("failure")));
        })
        .list();
  }

  @Override
  public List<String> gone() {
    return new SightingStore(jdbc).goneSince(run.id());
  }

  @Override
  public @Nullable RunTerms terms() {
    return runs.terms(run.id()).orElse(null);
  }

  @Override
  public List<WaiverUse> waivers() {
    return runs.waivers(run.id());
  }

  @Override
  public List<RuleDoc> rules() {
    List<RuleDoc> known = rules;
    if (known == null) {
      known = runs.rules(run.id());
      rules = known;
    }
    return known;
  }
}
