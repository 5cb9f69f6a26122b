package dev.tare.cli.command;

import dev.tare.batch.OutputRequest;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.PushOptions;
import dev.tare.cli.option.ReportOptions;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.TlsFileOptions;
import dev.tare.cli.option.Usage;
import dev.tare.cli.page.ChangeLine;
import dev.tare.finding.Comparison;
import dev.tare.store.RunRecord;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      description = "A run's identifier or its beginning. Default: the last scan.")
  private @Nullable String run;

  @Option(
      names = "--since",
      paramLabel = "RUN",
      description =
          "Show what is new, fixed and unchanged since this run. Default: the previous scan of the same"
              + " targets; for an evaluation, the run it judged.")
  private @Nullable String since;

  @Mixin private ReportOptions output = new ReportOptions();
  @Mixin private PushOptions pushing = new PushOptions();
  @Mixin private TlsFileOptions files = new TlsFileOptions();
  @Mixin private StateOptions state = new StateOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  ReportCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    PushOptions.Push push = pushing.resolve(context, files);
    return context.withJobs(
        state,
        jobs -> {
          RunRecord reported = jobs.archive().run(run);
          OutputRequest wanted = output.resolve(reported.kind(), spec, OutputRequest.Tickets.NONE);
          if (wanted.own() && since != null) {
            throw Usage.error("--own: it is told of one run, and not since another", null);
          }
          Comparison change = jobs.archive().report(reported.id(), since, wanted);
          push.send(jobs, reported.id());
          if (!context.options().quiet) {
            Optional.ofNullable(change)
                .map(ChangeLine::of)
                .ifPresent(context.terminal().out()::println);
            wanted.files().forEach(context.terminal().out()::println);
          }
          return ExitStatus.OK;
        });
  }
}
