package dev.tare.cli.option;

import picocli.CommandLine.Option;

/** How listings are printed. */
public final class ListFormat {
  /** For people, or for programs. */
  public enum Kind {
    table,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json. Default: ${DEFAULT-VALUE}.")
  private Kind kind = Kind.table;

  public boolean isJson() {
    return kind == Kind.json;
  }
}
