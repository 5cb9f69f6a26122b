package dev.tare.cli;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.OutputRequest.Tickets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What to leave behind. */
final class OutputOptions {
  /** Ticket systems. */
  enum TicketSystem {
    file,
    none
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "tare-report",
      description = "Where reports and tickets are written. Default: ${DEFAULT-VALUE}.")
  Path output = Path.of("tare-report");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "html,json,csv",
      description =
          "Reports to write: html, json, csv, sarif, junit, compliance, oscal, policyreport,"
              + " metrics, sbom."
              + " Default: ${DEFAULT-VALUE}.")
  List<String> formats = List.of();

  @Option(
      names = "--framework",
      paramLabel = "FILE",
      split = ",",
      description =
          "A framework of your own in the formats compliance and oscal; it takes the place of a"
              + " shipped one of the same name. Repeatable.")
  List<Path> frameworks = List.of();

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
    return new OutputRequest(
        output,
        formats,
        tickets == TicketSystem.none ? Tickets.NONE : dryRun ? Tickets.DRY_RUN : Tickets.FILE,
        frameworks);
  }
}
