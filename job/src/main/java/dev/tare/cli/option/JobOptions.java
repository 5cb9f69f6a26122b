package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How images are judged: where the state is, how registries are reached, how much at once. */
public final class JobOptions implements JobsChoice {
  @Mixin public StateOptions state = new StateOptions();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Layers read, images described and judged side by side. Default: ${DEFAULT-VALUE}.")
  int parallelism = 2;

  @Mixin public ConnectionOptions connection = new ConnectionOptions();

  @Override
  public JobsSettings resolve(Map<String, String> environment) {
    if (parallelism < 1 || parallelism > 64) {
      throw Usage.error("--parallelism " + parallelism + ": expected 1 to 64", null);
    }
    return new JobsSettings(
        state.resolve(environment).state(),
        connection.resolve(environment),
        parallelism,
        false,
        List.of());
  }
}
