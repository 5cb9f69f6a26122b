package dev.tare.batch;

import dev.tare.batch.RunStarter.Started;
import dev.tare.batch.describe.ImageDescriber;
import dev.tare.batch.list.AttachmentTags;
import dev.tare.batch.match.FeedRefresh;
import dev.tare.batch.steps.LayerProcessor;
import dev.tare.batch.steps.RunSteps;
import dev.tare.error.TareException;
import dev.tare.finding.RunTerms;
import dev.tare.store.ImageState;
import dev.tare.store.RunLock;
import dev.tare.store.RunRecord;
import dev.tare.vulnerability.Feeds;
import dev.tare.vulnerability.Said;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;

/** The main job, which asks registries. */
public final class ScanJob {
  private final JobParts parts;
  private final Feeds feeds;
  private final RunStarter starter;
  private final RunArchive archive;
  private final JobRunner runner;

  ScanJob(JobParts parts, Feeds feeds, RunStarter starter, RunArchive archive, JobRunner runner) {
    this.parts = parts;
    this.feeds = feeds;
    this.starter = starter;
    this.archive = archive;
    this.runner = runner;
  }

  /**
   * The main job: enumerate, inspect, evaluate, report, ticket. Goes on where an interrupted run of
   * the same command stopped, unless the request is to start afresh.
   */
  public RunOutcome run(
      ScanRequest request, JudgeRequest judge, OutputRequest output, Progress progress) {
    parts.places().check(output);
    // Settings that are refused leave no run behind: it begins with the judge at hand.
    Said now = judge.said().read(parts.settings().clock().instant());
    String identity =
        RunIdentity.of(request, parts.settings().trustedSboms(), judge, now.content());
    try (RunLock lock = parts.lock(identity);
        Judge opened = parts.judge(judge);
        ExecutorService lookups = parts.lookups(parts.settings().parallelism())) {
      Started started =
          starter.start(
              identity,
              output.kind(),
              null,
              request.words(),
              new RunTerms(
                  parts.settings().program(),
                  request.scope(parts.settings().trustedSboms()),
                  judge.terms()),
              request.fresh());
      RunRecord run = started.run();
      // What holds on the day of a run, whenever it ends.
      Said said = started.resumed() ? judge.said().read(run.startedAt()) : now;
      if (started.resumed() && opened.waives()) {
        parts.stores().results(run).forEachImage(opened::recall);
      }
      RunSteps steps = parts.steps(run, lock, progress);
      AttachmentTags tags = new AttachmentTags();
      LayerProcessor layers = parts.layers(run, progress);
      ImageDescriber describer = parts.describer(request, run, judge, tags);
      Supplier<SmallerBases> smaller = parts.smallerBases(run);
      RunFinisher finisher = parts.finisher(run, said, output, smaller);
      Step enumerate =
          steps.enumerate(parts.reader(request, run), parts.lister(request, lookups, tags));
      FeedRequest wanted = request.feeds();
      FeedRefresh refresh =
          wanted == null ? null : new FeedRefresh(parts.matcher(), feeds, wanted, run.id());
      JobBuilder builder = parts.job("scan");
      SimpleJobBuilder described =
          (request.clusters().isEmpty()
                  ? builder.start(enumerate)
                  : builder.start(parts.listClusters(steps, request, run)).next(enumerate))
              .next(steps.scanLayers(layers))
              .next(steps.describeImages(describer))
              .next(steps.readAgain(describer, layers, parts.settings().interest()))
              .next(steps.describeAgain(describer));
      Job job =
          (refresh == null
                  ? described
                  : described.next(steps.listPackages(refresh)).next(steps.refreshFeeds(refresh)))
              .next(steps.match(parts.matcher(said)))
              .next(steps.takeOver(opened))
              .next(steps.evaluate(opened))
              .next(steps.check(ImageState.JUDGED))
              .next(steps.predict(parts.predictions(run, opened, said, smaller, progress)))
              .next(
                  steps.outsideTransaction(
                      "report",
                      () -> {
                        archive.requireFound(run);
                        finisher.write(progress, opened);
                      }))
              .build();
      try {
        runner.run(job, run.id());
      } catch (TareException e) {
        if (starter.hasReadNothing(run, e)) {
          starter.abandon(run, e);
        }
        throw e;
      }
      parts.written();
      return finisher.complete(started.resumed(), refresh == null ? null : refresh.update());
    }
  }
}
