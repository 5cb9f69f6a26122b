package dev.tare.cli;

import dev.tare.batch.JudgeRequest;
import dev.tare.batch.OutputRequest;
import dev.tare.batch.Session;
import dev.tare.finding.RunResults;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judging again. */
@Command(
    name = "evaluate",
    header = "Judge the stored facts of an earlier run again.",
    description = {
      "For new policies, settings or waivers: no registry is asked. The result is a run of its own.",
      "Facts stay as they were measured then; ages count from that time. What comes out otherwise than in that",
      "run is listed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare evaluate",
      "  tare evaluate --policy our-rules --run 20261121-020000",
      "  tare evaluate 20261121-020000 --profile dev --fail-on never",
      "  tare evaluate -c stricter.yaml -o tare-report-strict"
    })
final class EvaluateCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last run.")
  private @Nullable String run;

  @Option(names = "--run", paramLabel = "RUN", description = "The same as the argument.")
  private @Nullable String named;

  @Mixin private JudgeOptions judging = new JudgeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private PushOptions pushing = new PushOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();
  @Mixin private JobOptions job = new JobOptions();

  EvaluateCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    JudgeRequest judge = judging.resolve(context.configuration());
    OutputRequest wanted = output.resolve();
    PushOptions.Push push = pushing.resolve(context);
    String wantedRun = run();
    return context.inSession(
        job,
        session -> {
          // The last run is another one afterwards.
          RunResults before = session.results(wantedRun);
          Session.Result after =
              context.withProgress(
                  false, progress -> session.evaluate(before.run().id(), judge, wanted, progress));
          ExitStatus status = new RunPage(context, wanted).print(after, verdict);
          if (!context.options().quiet) {
            OutcomeChanges.between(before, after.results())
                .lines(before.run().id())
                .forEach(context.terminal().out()::println);
          }
          push.send(session, after.results().run().id());
          return status;
        });
  }

  private @Nullable String run() {
    if (run != null && named != null) {
      throw Usage.error("two runs are named", "Name the run once: tare evaluate " + run + ".");
    }
    return run == null ? named : run;
  }
}
