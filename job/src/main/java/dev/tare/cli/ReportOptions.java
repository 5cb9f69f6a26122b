package dev.tare.cli;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.OutputRequest.Tickets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which reports to write, and where. */
final class ReportOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "tare-report",
      description = "Where reports are written, beside the tickets. Default: ${DEFAULT-VALUE}.")
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

  /** These reports; {@code tickets} is what becomes of failing images. */
  OutputRequest resolve(Tickets tickets) {
    return new OutputRequest(output, formats, tickets, frameworks);
  }
}
