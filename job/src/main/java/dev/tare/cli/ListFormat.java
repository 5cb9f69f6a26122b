package dev.tare.cli;

import picocli.CommandLine.Option;

/** How listings are printed. */
final class ListFormat {
  /** For people, or for programs. */
  enum Kind {
    table,
    json
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json. Default: ${DEFAULT-VALUE}.")
  private Kind kind = Kind.table;

  boolean isJson() {
    return kind == Kind.json;
  }
}
