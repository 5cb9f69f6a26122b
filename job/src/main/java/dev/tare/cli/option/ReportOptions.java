package dev.tare.cli.option;

import dev.tare.batch.OutputRequest;
import dev.tare.batch.OutputRequest.Tickets;
import dev.tare.cli.UsualDirectory;
import dev.tare.finding.RunKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which reports to write, and where. */
public final class ReportOptions {
  /** Formats that say what an image complies with, whoever brought what it holds. */
  private static final Set<String> WHOLE = Set.of("compliance", "oscal", "policyreport");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "tare-report",
      description =
          "Directory for reports and tickets. Default: ${DEFAULT-VALUE}; tare-evaluation"
              + " for those of an evaluation, tare-demo for those of the demo.")
  Path output = Path.of("tare-report");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "html,json,csv",
      description =
          "Reports to write: html, json, csv, sarif, junit, codequality, markdown, compliance,"
              + " oscal, policyreport, metrics, sbom."
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
      names = "--own",
      negatable = true,
      fallbackValue = "true",
      description =
          "Tell the images' own part: what a base brings counts once, at the base, and not with the"
              + " images on it. Tickets, and what is sent elsewhere, are about whole images.")
  boolean own;

  @Mixin private LeastSeverity least = new LeastSeverity();

  /**
   * These reports of a run of this kind; {@code tickets} is what becomes of failing images.
   *
   * @param command that was parsed
   */
  public OutputRequest resolve(RunKind kind, CommandSpec command, Tickets tickets) {
    if (own && formats.stream().anyMatch(WHOLE::contains)) {
      throw Usage.error(
          "--own: "
              + String.join(", ", formats.stream().filter(WHOLE::contains).toList())
              + (formats.stream().filter(WHOLE::contains).count() == 1 ? " is" : " are")
              + " about whole images",
          "Write them without --own: a control is satisfied by all that an image holds.");
    }
    return new OutputRequest(
        kind,
        UsualDirectory.of(kind, command, output),
        formats,
        tickets,
        frameworks,
        least.severity(),
        own);
  }
}
