package dev.tare.cli.command;

import dev.tare.batch.JudgeRequest;
import dev.tare.batch.OutputRequest;
import dev.tare.batch.RunOutcome;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.UsualDirectory;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.JobOptions;
import dev.tare.cli.option.JudgeOptions;
import dev.tare.cli.option.MatchingTime;
import dev.tare.cli.option.OutputOptions;
import dev.tare.cli.option.PushOptions;
import dev.tare.cli.option.SaidOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.option.VerdictOptions;
import dev.tare.cli.page.OutcomeChanges;
import dev.tare.cli.page.RunPage;
import dev.tare.finding.RunInfo;
import dev.tare.finding.RunKind;
import dev.tare.finding.RunResults;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judging again. */
@Command(
    name = "evaluate",
    header = "Judge the stored facts of an earlier run again.",
    description = {
      "For new policies, settings or waivers: no registry is asked. The result is a run of its"
          + " own.",
      "Facts stay as they were measured then; ages count from that time. Whatever differs from"
          + " that",
      "run is listed.",
      "It is a trial: its reports go to a directory of their own, no ticket is changed, nothing is"
          + " sent anywhere,",
      "and neither the trend nor the next scan takes it into account. With --record it counts as a"
          + " scan."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare evaluate",
      "  tare evaluate --policy our-rules --run 20261121-020000",
      "  tare evaluate 20261121-020000 --profile dev --fail-on never",
      "  tare evaluate -c stricter.yaml -o stricter",
      "  tare evaluate --waivers waivers.yaml --record     close the tickets of what is now waived"
    })
final class EvaluateCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last scan.")
  private @Nullable String run;

  @Option(names = "--run", paramLabel = "RUN", description = "The same as the argument.")
  private @Nullable String named;

  @Option(
      names = "--record",
      negatable = true,
      fallbackValue = "true",
      description =
          "Count it as a scan: reports in the scan's directory, tickets, and part of the trend.")
  private boolean record;

  @Option(
      names = "--vulnerabilities",
      paramLabel = "WHEN",
      defaultValue = "run",
      description =
          "run: judge by the vulnerabilities that the run found; now: match its packages with the"
              + " feeds that are kept now. Default: ${DEFAULT-VALUE}.")
  private MatchingTime vulnerabilities = MatchingTime.run;

  @Mixin private JudgeOptions judging = new JudgeOptions();
  @Mixin private SaidOptions said = new SaidOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private PushOptions pushing = new PushOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();
  @Mixin private JobOptions job = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  EvaluateCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    JudgeRequest judge = judging.resolve(context.configuration()).with(said.resolve());
    refuseTickets();
    PushOptions.Push push = pushing.resolve(context, job.connection.files);
    String wantedRun = run();
    return context.withJobs(
        job,
        jobs -> {
          // The last run is another one afterwards.
          RunResults before = jobs.archive().results(wantedRun);
          OutputRequest wanted =
              output.resolve(kind(before.run()), spec, context, job.connection.files);
          RunOutcome after =
              context.withProgress(
                  false,
                  progress ->
                      jobs.evaluate()
                          .run(
                              before.run().id(),
                              vulnerabilities == MatchingTime.now,
                              judge,
                              wanted,
                              progress));
          ExitStatus status = new RunPage(context, wanted).print(after, verdict);
          if (!context.options().quiet) {
            OutcomeChanges.between(before, jobs.archive().results(after.results().run().id()))
                .lines(before.run().id())
                .forEach(context.terminal().out()::println);
          }
          push.send(jobs, after.results().run().id());
          return status;
        });
  }

  /** What is recorded counts as what it judges again. */
  private RunKind kind(RunInfo judged) {
    if (!record) {
      return RunKind.EVALUATION;
    }
    if (judged.kind() == RunKind.EVALUATION) {
      throw Usage.error(
          "record an evaluation of run " + judged.id() + ": it is an evaluation itself",
          "Name the scan it judged: tare evaluate " + judged.factsOf() + " --record.");
    }
    return judged.kind();
  }

  private void refuseTickets() {
    boolean asked =
        UsualDirectory.isNamed(spec, "--dry-run")
            || (UsualDirectory.isNamed(spec, "--tickets") && output.keepsTickets());
    if (asked && !record) {
      throw Usage.error(
          "an evaluation changes no ticket",
          "Add --record to count it as a scan, or compare: tare tickets RUN --dry-run.");
    }
  }

  private @Nullable String run() {
    if (run != null && named != null) {
      throw Usage.error("two runs are named", "Name the run once: tare evaluate " + run + ".");
    }
    return run == null ? named : run;
  }
}
