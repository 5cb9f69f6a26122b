package dev.tare.cli.command;

import dev.tare.batch.OutputRequest;
import dev.tare.cli.ExitStatus;
import dev.tare.cli.UsualDirectory;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.LeastSeverity;
import dev.tare.cli.option.StateOptions;
import dev.tare.cli.option.TlsFileOptions;
import dev.tare.cli.option.TrackerOptions;
import dev.tare.cli.page.TicketPage;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.RunKind;
import dev.tare.store.RunRecord;
import dev.tare.ticket.TicketPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tickets alone. */
@Command(
    name = "tickets",
    header = "Update tickets to match an earlier run.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tare tickets --dry-run",
      "  tare tickets 20261121-020000 -o tare-report",
      "  tare tickets --allow-closing 20261121-020000",
      "  tare tickets --tickets gitea --tickets-project https://git.example.com/team/tickets"
    })
final class TicketsCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last scan.")
  private @Nullable String run;

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "tare-report",
      description =
          "Tickets in files are kept under DIR/tickets. Default: ${DEFAULT-VALUE}; tare-demo for"
              + " those of the demo.")
  private Path output = Path.of("tare-report");

  @Mixin private LeastSeverity least = new LeastSeverity();
  @Mixin private TrackerOptions tracker = new TrackerOptions();
  @Mixin private TlsFileOptions files = new TlsFileOptions();

  @Option(
      names = "--dry-run",
      negatable = true,
      fallbackValue = "true",
      description = "Print the plan, write nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--allow-closing",
      paramLabel = "RUN",
      description =
          "Update tickets to match this run, and close those that wait too. If images are gone or"
              + " waived, or other rules or settings judge them, only five tickets or a tenth of"
              + " the open ones close by themselves in seven days.")
  private @Nullable String allowClosing;

  TicketsCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    if (!tracker.keepsTickets()) {
      throw new TareException(
          FailureKind.USAGE,
          "--tickets none: there are no tickets to update",
          "Name where they are: --tickets file.");
    }
    String allowed = allowClosing;
    if (allowed != null && run != null) {
      throw new TareException(
          FailureKind.USAGE,
          "--allow-closing " + allowed + ": a second run is named, " + run,
          "Name one run: tare tickets --allow-closing " + allowed + ".");
    }
    TicketPlan plan =
        context.withJobs(
            state,
            jobs -> {
              RunRecord wanted = jobs.archive().run(allowed == null ? run : allowed);
              return jobs.archive().tickets(wanted.id(), output(wanted.kind()), allowed != null);
            });
    new TicketPage(context, dryRun).print(plan);
    return plan.failures().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** What an evaluation would do to tickets, it would do to those of scans. */
  private OutputRequest output(RunKind judged) {
    RunKind kind = judged == RunKind.EVALUATION ? RunKind.SCAN : judged;
    return new OutputRequest(
        kind,
        UsualDirectory.of(kind, spec, output),
        List.of(),
        new OutputRequest.Tickets(tracker.resolve(kind, spec, context, files), dryRun),
        List.of(),
        least.severity(),
        false);
  }
}
