package dev.tare.cli;

import dev.tare.batch.OutputRequest;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Rendering an earlier run. */
@Command(
    name = "report",
    header = "Write the reports of an earlier run again, in any format.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare report",
      "  tare report 20261121-020000 --format json -o out",
      "  tare report --format sarif,junit,metrics"
    })
final class ReportCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last run.")
  private @Nullable String run;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private StateOptions state = new StateOptions();

  ReportCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    OutputRequest wanted = output.resolve();
    context.inSession(
        state,
        session -> {
          session.report(run, wanted);
          return wanted;
        });
    if (!context.options().quiet) {
      wanted.files().forEach(context.terminal().out()::println);
    }
    return ExitStatus.OK;
  }
}
