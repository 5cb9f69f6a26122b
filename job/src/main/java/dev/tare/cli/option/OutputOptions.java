package dev.tare.cli.option;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.OutputRequest.Tickets;
import dev.tare.finding.RunKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What to leave behind. */
public final class OutputOptions {
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

  @Option(
      names = "--dry-run",
      negatable = true,
      fallbackValue = "true",
      description = "Print what would be done to tickets, and change none.")
  boolean dryRun;

  /** Whether a ticket system is named. */
  public boolean keepsTickets() {
    return tickets != TicketSystem.none;
  }

  /**
   * What a run of this kind leaves; an evaluation keeps no tickets.
   *
   * @param command that was parsed
   */
  public OutputRequest resolve(RunKind kind, CommandSpec command) {
    return reports.resolve(
        kind,
        command,
        kind == RunKind.EVALUATION || !keepsTickets()
            ? Tickets.NONE
            : dryRun ? Tickets.DRY_RUN : Tickets.FILE);
  }
}
