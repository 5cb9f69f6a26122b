package dev.tare.cli;

import dev.tare.batch.JudgeRequest;
import dev.tare.batch.OutputRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Judging again. */
@Command(
    name = "evaluate",
    header = "Judge the stored facts of an earlier run again.",
    description = {
      "For new policies, settings or waivers: no registry is asked. The result is a run of its own.",
      "Facts stay as they were measured then; ages count from that time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare evaluate",
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

  @Mixin private JudgeOptions judging = new JudgeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private VerdictOptions verdict = new VerdictOptions();
  @Mixin private StateOptions state = new StateOptions();

  EvaluateCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    JudgeRequest judge = judging.resolve(context.configuration());
    OutputRequest wanted = output.resolve();
    return context.inSession(
        state,
        session ->
            new RunPage(context, wanted)
                .print(
                    context.withProgress(
                        false, progress -> session.evaluate(run, judge, wanted, progress)),
                    verdict));
  }
}
