package dev.tare.cli;

import dev.tare.finding.RunKind;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Where the reports of a run go. */
public final class UsualDirectory {
  private UsualDirectory() {}

  /**
   * What the command line names. Else what the configuration names, which is meant for scans, and
   * for the others a place of their own.
   *
   * @param command that was parsed, with an option {@code --output}
   * @param given the option's value, from wherever it comes
   */
  public static Path of(RunKind kind, CommandSpec command, Path given) {
    if (isNamed(command, "--output")) {
      return given;
    }
    return switch (kind) {
      case SCAN, INSPECTION -> given;
      case EVALUATION -> Path.of("tare-evaluation");
      case DEMO -> Path.of("tare-demo");
    };
  }

  /** Whether an option stands on the command line itself, not in the configuration. */
  public static boolean isNamed(CommandSpec command, String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }
}
