package dev.tare.cli.option;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.OutputRequest.Tickets;
import dev.tare.finding.RunKind;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What to leave behind. */
public final class OutputOptions {
  @Mixin private ReportOptions reports = new ReportOptions();

  @Mixin private TrackerOptions tracker = new TrackerOptions();

  @Option(
      names = "--dry-run",
      negatable = true,
      fallbackValue = "true",
      description = "Print what would be done to tickets, and change none.")
  boolean dryRun;

  /** Whether only a plan is wanted, and nobody else is to be told of the run. */
  public boolean isDryRun() {
    return dryRun;
  }

  /** Whether a ticket system is named. */
  public boolean keepsTickets() {
    return tracker.keepsTickets();
  }

  /**
   * What a run of this kind leaves; an evaluation keeps no tickets.
   *
   * @param command that was parsed
   * @param files how a tracker's server is reached
   */
  public OutputRequest resolve(
      RunKind kind, CommandSpec command, Context context, TlsFileOptions files) {
    return reports.resolve(
        kind,
        command,
        kind == RunKind.EVALUATION || !keepsTickets()
            ? Tickets.NONE
            : new Tickets(tracker.resolve(kind, command, context, files), dryRun));
  }
}
