package dev.tare.batch;

import dev.tare.batch.steps.RunSteps;
import dev.tare.error.TareException;
import dev.tare.finding.RunTerms;
import dev.tare.stop.StoppedException;
import dev.tare.store.ImageState;
import dev.tare.store.RunLock;
import dev.tare.store.RunRecord;
import dev.tare.vulnerability.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;

/** Judges again what an earlier run described. */
public final class EvaluateJob {
  private final JobParts parts;
  private final RunStarter starter;
  private final RunArchive archive;
  private final JobRunner runner;

  EvaluateJob(JobParts parts, RunStarter starter, RunArchive archive, JobRunner runner) {
    this.parts = parts;
    this.starter = starter;
    this.archive = archive;
    this.runner = runner;
  }

  /**
   * Judges the facts of an earlier run again, as a run of its own, without a word to a registry.
   *
   * @param matched whether its packages are matched with the feeds of now, instead of those that it
   *     was matched with
   */
  public RunOutcome run(
      @Nullable String runId,
      boolean matched,
      JudgeRequest judge,
      OutputRequest output,
      Progress progress) {
    parts.places().check(output);
    RunRecord source = archive.run(runId);
    String identity = RunIdentity.of(source.id(), judge);
    Said said = judge.said().read(source.startedAt());
    try (RunLock lock = parts.lock(identity);
        Judge opened = parts.judge(judge)) {
      RunRecord run =
          starter
              .start(
                  identity,
                  output.kind(),
                  source.id(),
                  source.targets(),
                  // What was looked at is what the run of the facts looked at.
                  parts
                      .stores()
                      .runs()
                      .terms(source.id())
                      .map(
                          of -> new RunTerms(parts.settings().program(), of.scope(), judge.terms()))
                      .orElse(null),
                  true)
              .run();
      RunSteps steps = parts.steps(run, lock, progress);
      RunFinisher finisher = parts.finisher(run, said, output);
      Step adopt =
          steps.once(
              "adoptFacts",
              () -> {
                parts.stores().images().copyDescribed(source.id(), run.id());
                archive.requireKept(source);
              });
      SimpleJobBuilder builder = parts.job("evaluate").preventRestart().start(adopt);
      Job job =
          builder
              .next(matched ? steps.match(parts.matcher(said)) : steps.answer(parts.matcher(said)))
              .next(steps.takeOver(opened))
              .next(steps.evaluate(opened))
              .next(steps.check(ImageState.JUDGED))
              .next(steps.outsideTransaction("report", () -> finisher.write(progress, opened)))
              .build();
      try {
        runner.run(job, run.id());
      } catch (TareException | StoppedException e) {
        starter.abandon(run, e); // Nobody goes on with it.
        throw e;
      }
      parts.written();
      return finisher.complete(false, null);
    }
  }
}
