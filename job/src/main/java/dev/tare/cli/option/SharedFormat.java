package dev.tare.cli.option;

import picocli.CommandLine.Option;

/** How something is printed that people hand on: a plan, a comparison. */
public final class SharedFormat {
  /** For people, for programs, or for a comment where others talk about it. */
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
