package dev.tare.batch;

import dev.tare.finding.RunTerms;
import dev.tare.vulnerability.SaidRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * By what to judge.
 *
 * @param bundles policy bundles besides the built-in library
 * @param profile to use for every image, null to choose as the settings say
 * @param waivers file of waivers, or null
 * @param baseline file of findings that are known, or null
 * @param said what others than feeds say of vulnerabilities
 * @param settings the part of the configuration that policies read
 */
public record JudgeRequest(
    List<String> bundles,
    @Nullable String profile,
    @Nullable Path waivers,
    @Nullable Path baseline,
    SaidRequest said,
    JsonNode settings) {
  /** Copies the bundles. */
  public JudgeRequest {
    bundles = List.copyOf(bundles);
  }

  /** What judges besides the rules, by the names of its files. */
  RunTerms.Judging terms() {
    return new RunTerms.Judging(
        profile,
        waivers == null ? null : name(waivers),
        baseline == null ? null : name(baseline),
        said.vex().stream().map(JudgeRequest::name).toList(),
        said.results().stream().map(JudgeRequest::name).toList(),
        settings);
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return (name == null ? file : name).toString();
  }

  /** The same with what others than feeds say of vulnerabilities. */
  public JudgeRequest with(SaidRequest all) {
    return new JudgeRequest(bundles, profile, waivers, baseline, all, settings);
  }
}
