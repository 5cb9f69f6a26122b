package dev.tare.cli;

import dev.tare.registry.PlainHttp;
import dev.tare.registry.RegistryOptions;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
      names = "--plain-http",
      description = "Talk http instead of https. Loopback hosts need no flag.")
  boolean plainHttp;

  @Option(
      names = "--insecure-skip-tls-verify",
      description = "Do not check the registry's certificate.")
  boolean insecure;

  SessionOptions resolve(Map<String, String> environment) {
    if (parallelism < 1 || parallelism > 64) {
      throw Usage.error("--parallelism " + parallelism + ": expected 1 to 64", null);
    }
    return new SessionOptions(
        state != null ? state : usual(environment).toString(), registries(), parallelism);
  }

  private RegistryOptions registries() {
    return RegistryOptions.defaults()
        .withPlainHttp(plainHttp ? PlainHttp.ALWAYS : PlainHttp.AUTO)
        .withInsecureSkipTlsVerify(insecure);
  }

  /** The XDG base directory for state, macOS included. */
  private static Path usual(Map<String, String> environment) {
    String xdg = environment.get("XDG_STATE_HOME");
    return xdg != null && !xdg.isEmpty()
        ? Path.of(xdg, "tare")
        : Path.of(System.getProperty("user.home"), ".local", "state", "tare");
  }
}
