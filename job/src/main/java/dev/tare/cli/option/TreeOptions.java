package dev.tare.cli.option;

import picocli.CommandLine.Option;

/** How much of a tree of files is shown. */
public final class TreeOptions {
  @Option(
      names = "--depth",
      paramLabel = "D",
      defaultValue = "3",
      description = "How many levels of directories are opened. Default: ${DEFAULT-VALUE}.")
  public int depth = 3;

  @Option(
      names = "--entries",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many entries of a directory are shown. Default: ${DEFAULT-VALUE}.")
  public int entries = 10;

  /** Refuses numbers that they cannot have. */
  public void check() {
    Usage.requireRange("--depth", depth, 1, 64);
    Usage.requireRange("--entries", entries, 1, 10_000);
  }
}
