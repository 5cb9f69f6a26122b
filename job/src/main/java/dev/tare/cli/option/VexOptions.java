package dev.tare.cli.option;

import dev.tare.batch.VexRequest;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the operator says of vulnerabilities. */
public final class VexOptions {
  @Option(
      names = "--vex",
      paramLabel = "FILE|DIR",
      split = ",",
      description =
          "VEX documents of yours, OpenVEX or CycloneDX: what they say an image does not have"
              + " counts in none of its numbers, and is listed apart with who says so. Repeatable.")
  private List<Path> places = List.of();

  @Option(
      names = "--vex-max-age",
      paramLabel = "AGE",
      defaultValue = "365d",
      description =
          "How long a statement holds that does not say until when, from its date on: minutes"
              + " (90m), hours (24h) or days (90d). Default: ${DEFAULT-VALUE}.")
  private String maxAge = "365d";

  /** Throws USAGE where the options cannot be used. */
  public VexRequest resolve() {
    return new VexRequest(places, VulnerabilityOptions.age("--vex-max-age", maxAge));
  }
}
