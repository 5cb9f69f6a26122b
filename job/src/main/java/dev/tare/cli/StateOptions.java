package dev.tare.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the state is and how registries are reached. */
final class StateOptions {
  @Option(
      names = "--state",
      paramLabel = "DIR|JDBC-URL",
      description =
          "What is remembered between runs: a directory, or a PostgreSQL JDBC URL."
              + " Default: tare under the user's state directory.")
  @Nullable String state;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Layers read, images described and judged side by side. Default: ${DEFAULT-VALUE}.")
  int parallelism = 2;

  @Option(
      names = "--whole-layers",
      description =
          "Read and verify every layer whole, also where its table of contents (eStargz,"
              + " zstd:chunked) and a few files would do.")
  boolean wholeLayers;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  SessionOptions resolve(Map<String, String> environment) {
    if (parallelism < 1 || parallelism > 64) {
      throw Usage.error("--parallelism " + parallelism + ": expected 1 to 64", null);
    }
    return new SessionOptions(
        state != null ? state : usual(environment).toString(),
        connection.resolve(),
        parallelism,
        wholeLayers);
  }

  /** The XDG base directory for state, macOS included. */
  private static Path usual(Map<String, String> environment) {
    String xdg = environment.get("XDG_STATE_HOME");
    return xdg != null && !xdg.isEmpty()
        ? Path.of(xdg, "tare")
        : Path.of(System.getProperty("user.home"), ".local", "state", "tare");
  }
}
