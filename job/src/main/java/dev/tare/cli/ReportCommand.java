package dev.tare.cli;

import dev.tare.batch.OutputRequest;
import dev.tare.finding.Comparison;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Rendering an earlier run. */
@Command(
    name = "report",
    header = "Write the reports of an earlier run again, in any format.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare report",
      "  tare report 20261121-020000 --format json -o out",
      "  tare report --since 20261114-020000",
      "  tare report --format sarif,junit,metrics",
      "  tare report --format compliance,oscal --framework acme.yaml"
    })
final class ReportCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last run.")
  private @Nullable String run;

  @Option(
      names = "--since",
      paramLabel = "RUN",
      description =
          "Say what is new, fixed and unchanged since this run. Default: the run before of the same"
              + " targets.")
  private @Nullable String since;

  @Mixin private ReportOptions output = new ReportOptions();
  @Mixin private PushOptions pushing = new PushOptions();
  @Mixin private StateOptions state = new StateOptions();

  ReportCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    OutputRequest wanted = output.resolve(OutputRequest.Tickets.NONE);
    PushOptions.Push push = pushing.resolve(context);
    Optional<Comparison> change =
        context.inSession(
            state,
            session -> {
              Optional<Comparison> compared =
                  Optional.ofNullable(session.report(run, since, wanted));
              push.send(session, run);
              return compared;
            });
    if (!context.options().quiet) {
      change.map(ChangeLine::of).ifPresent(context.terminal().out()::println);
      wanted.files().forEach(context.terminal().out()::println);
    }
    return ExitStatus.OK;
  }
}
