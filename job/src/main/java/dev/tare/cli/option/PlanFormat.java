package dev.tare.cli.option;

import picocli.CommandLine.Option;

/** How a plan is printed. */
public final class PlanFormat {
  /** For people at a terminal, for programs, for people elsewhere. */
  public enum Kind {
    table,
    json,
    markdown
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or markdown. Default: ${DEFAULT-VALUE}.")
  private Kind kind = Kind.table;

  public Kind kind() {
    return kind;
  }
}
