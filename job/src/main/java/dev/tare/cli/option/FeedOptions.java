package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** Where the state is, and how servers of feeds are reached. */
public final class FeedOptions implements JobsChoice {
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private TlsFileOptions files = new TlsFileOptions();

  @Override
  public JobsSettings resolve(Map<String, String> environment) {
    JobsSettings settings = state.resolve(environment);
    return new JobsSettings(
        settings.state(),
        settings.registries().withHttp(files.resolve(environment)),
        settings.parallelism(),
        settings.wholeLayers(),
        settings.trustedSboms());
  }
}
