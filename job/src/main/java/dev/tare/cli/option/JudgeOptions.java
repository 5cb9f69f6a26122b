package dev.tare.cli.option;

import dev.tare.batch.JudgeRequest;
import dev.tare.vulnerability.SaidRequest;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which policies. */
public final class JudgeOptions {
  @Option(
      names = "--policy",
      paramLabel = "BUNDLE",
      split = ",",
      description =
          "A policy bundle besides the built-in library: a directory, a .tar.gz, https://, oci://, or"
              + " .rego sources, which need opa on the PATH. Repeatable.")
  List<String> policies = List.of();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Judge every image by this profile: prod, dev or base. Default: by repository, as the settings say.")
  @Nullable String profile;

  @Option(
      names = "--waivers",
      paramLabel = "FILE",
      description = "Waivers: findings that somebody accepts until a date.")
  @Nullable Path waivers;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Findings that are known and do not fail: what tare baseline wrote.")
  @Nullable Path baseline;

  public JudgeRequest resolve(Configuration configuration) {
    return new JudgeRequest(
        policies, profile, waivers, baseline, SaidRequest.NONE, configuration.settings());
  }
}
