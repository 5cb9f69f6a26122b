package dev.tare.cli;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.OutputRequest.Tickets;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What to leave behind. */
final class OutputOptions {
  /** Ticket systems. */
  enum TicketSystem {
    file,
    none
  }

  @Mixin private ReportOptions reports = new ReportOptions();

  @Option(
      names = "--tickets",
      paramLabel = "SYSTEM",
      defaultValue = "file",
      description =
          "Where tickets go: file (Markdown under DIR/tickets) or none. Default: ${DEFAULT-VALUE}.")
  TicketSystem tickets = TicketSystem.file;

  @Option(names = "--dry-run", description = "Plan tickets and print the plan, write none.")
  boolean dryRun;

  OutputRequest resolve() {
    return reports.resolve(
        tickets == TicketSystem.none ? Tickets.NONE : dryRun ? Tickets.DRY_RUN : Tickets.FILE);
  }
}
