package dev.tare.cli.option;

import dev.tare.vulnerability.SaidRequest;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the operator and other scanners say of vulnerabilities. */
public final class SaidOptions {
  @Option(
      names = "--vex",
      paramLabel = "FILE|DIR",
      split = ",",
      description =
          "VEX documents of yours, OpenVEX or CycloneDX: what they say an image does not have"
              + " counts in none of its numbers, and is listed apart with who says so. Repeatable.")
  private List<Path> vex = List.of();

  @Option(
      names = "--vex-max-age",
      paramLabel = "AGE",
      defaultValue = "365d",
      description =
          "How long a statement holds that does not say until when, from its date on: minutes"
              + " (90m), hours (24h) or days (90d). Default: ${DEFAULT-VALUE}.")
  private String maxAge = "365d";

  @Option(
      names = "--scan-results",
      paramLabel = "FILE|DIR",
      split = ",",
      description =
          "What Trivy or Grype (JSON) or another scanner (SARIF, numbers alone) found: it stands"
              + " beside what is matched, and counts where no feed is about an image. Repeatable.")
  private List<Path> results = List.of();

  /** Throws USAGE where the options cannot be used. */
  public SaidRequest resolve() {
    return new SaidRequest(vex, VulnerabilityOptions.age("--vex-max-age", maxAge), results);
  }
}
