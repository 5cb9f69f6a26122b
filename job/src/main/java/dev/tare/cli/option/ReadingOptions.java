package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
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

  @Override
  public JobsSettings resolve(Map<String, String> environment) {
    JobsSettings judging = job.resolve(environment);
    return new JobsSettings(
        judging.state(), judging.registries(), judging.parallelism(), wholeLayers);
  }
}
