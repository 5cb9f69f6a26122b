package dev.tare.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class GlobalOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration. Default: tare.yaml in this directory, where there is one.")
  @Nullable String config;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say more: what happens, and where errors come from.")
  boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but the result and errors.")
  boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Colours: auto, always or never. Default: ${DEFAULT-VALUE}.")
  Terminal.Colour colour = Terminal.Colour.auto;
}
