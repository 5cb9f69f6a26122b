package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How images are read, and all that judging needs. */
public final class ReadingOptions implements JobsChoice {
  @Mixin public JobOptions job = new JobOptions();

  @Option(
      names = "--whole-layers",
      negatable = true,
      fallbackValue = "true",
      description =
          "Read and verify every layer whole, even if its table of contents (eStargz,"
              + " zstd:chunked) and a few files would be enough.")
  boolean wholeLayers;

  @Option(
      names = "--trust-sbom",
      paramLabel = "PATH",
      split = ",",
      description =
          "An SBOM in images whose packages count as if they were measured, and for stores of"
              + " packages that are not read: /opt/bitnami/**. Without it SBOMs are claims."
              + " Repeatable.")
  List<String> trustedSboms = List.of();

  @Override
  public JobsSettings resolve(Map<String, String> environment) {
    for (String path : trustedSboms) {
      if (!path.startsWith("/")) {
        throw Usage.error(
            "--trust-sbom " + path + ": expected a path in an image",
            "It begins with a slash: /opt/bitnami/**");
      }
    }
    JobsSettings judging = job.resolve(environment);
    return new JobsSettings(
        judging.state(), judging.registries(), judging.parallelism(), wholeLayers, trustedSboms);
  }
}
