package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** Where the state is, and how the registry is reached that holds an artifact. */
public final class ArtifactOptions implements JobsChoice {
  @Mixin private StateOptions state = new StateOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Override
  public JobsSettings resolve(Map<String, String> environment) {
    JobsSettings settings = state.resolve(environment);
    return new JobsSettings(
        settings.state(),
        connection.resolve(environment),
        settings.parallelism(),
        settings.wholeLayers(),
        settings.trustedSboms());
  }
}
