package dev.tare.cli;

import dev.tare.batch.OutputRequest;
import dev.tare.ticket.TicketPlan;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tickets alone. */
@Command(
    name = "tickets",
    header = "Bring tickets in line with an earlier run.",
    footerHeading = "%nExamples:%n",
    footer = {"  tare tickets --dry-run", "  tare tickets 20261121-020000 -o tare-report"})
final class TicketsCommand implements Callable<ExitStatus> {
  private final Context context;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "A run's identifier or its beginning. Default: the last run.")
  private @Nullable String run;

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "tare-report",
      description = "Tickets are kept under DIR/tickets. Default: ${DEFAULT-VALUE}.")
  private java.nio.file.Path output = java.nio.file.Path.of("tare-report");

  @Option(names = "--dry-run", description = "Print the plan, write nothing.")
  private boolean dryRun;

  TicketsCommand(Context context) {
    this.context = context;
  }

  @Override
  public ExitStatus call() {
    OutputRequest wanted =
        new OutputRequest(
            output,
            java.util.List.of(),
            dryRun ? OutputRequest.Tickets.DRY_RUN : OutputRequest.Tickets.FILE,
            java.util.List.of());
    TicketPlan plan = context.inSession(state, session -> session.tickets(run, wanted));
    new TicketPage(context, dryRun).print(plan);
    return plan.failures().isEmpty() ? ExitStatus.OK : ExitStatus.FAILED;
  }
}
