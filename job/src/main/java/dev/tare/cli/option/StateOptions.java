package dev.tare.cli.option;

import dev.tare.cli.JobsSettings;
import dev.tare.registry.RegistryOptions;
import dev.tare.store.StateLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the state is; all that commands need that read what runs have stored. */
public final class StateOptions implements JobsChoice {
  @Option(
      names = "--state",
      paramLabel = "DIR|JDBC-URL",
      description =
          "Where state is kept between runs: a directory, or a PostgreSQL JDBC URL."
              + " Default: tare under the user's state directory.")
  @Nullable
  public String state;

  @Override
  public JobsSettings resolve(Map<String, String> environment) {
    return new JobsSettings(
        StateLocation.parse(state != null ? state : usual(environment).toString()),
        RegistryOptions.defaults(),
        1,
        false,
        List.of());
  }

  /** The XDG base directory for state, macOS included. */
  private static Path usual(Map<String, String> environment) {
    String xdg = environment.get("XDG_STATE_HOME");
    return xdg != null && !xdg.isEmpty()
        ? Path.of(xdg, "tare")
        : Path.of(System.getProperty("user.home"), ".local", "state", "tare");
  }
}
