package dev.tare.cli.option;

import dev.tare.cli.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has; the version is asked for without one. */
public final class GlobalOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Configuration. Default: tare.yaml in this directory, where there is one.")
  @Nullable
  public String config;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      negatable = true,
      fallbackValue = "true",
      description = "Log what happens, and show where errors come from.")
  public boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      negatable = true,
      fallbackValue = "true",
      description = "Print only the result and errors.")
  public boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      scope = ScopeType.INHERIT,
      description = "Colours: auto, always or never. Default: ${DEFAULT-VALUE}.")
  public Terminal.Colour colour = Terminal.Colour.auto;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  public boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  public boolean version;
}
