package dev.tare.cli;

import dev.tare.error.FailureKind;

/** The exit statuses of every command. */
public enum ExitStatus {
  /** Ran; nothing at or above {@code --fail-on}. */
  OK(0, "ran, nothing at or above --fail-on"),
  /** Ran; findings at or above {@code --fail-on}. */
  FINDINGS(1, "ran, findings at or above --fail-on"),
  /** Wrong usage or configuration. */
  USAGE(2, "wrong usage or configuration"),
  /** Ran, but some images could not be inspected. */
  INCOMPLETE(3, "ran, but some images could not be inspected, or none was found"),
  /** Could not run. */
  FAILED(
      4,
      "could not run (registry unreachable, credentials refused, state unusable, nothing found of what was named)"),
  /** Interrupted; the same command goes on. */
  INTERRUPTED(130, "interrupted; the same command resumes");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }

  /** What it means, as the help says it. */
  public String meaning() {
    return meaning;
  }

  static ExitStatus of(FailureKind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case ENVIRONMENT, NOT_FOUND, DENIED, TRANSIENT, BAD_CONTENT, LIMIT, INTERNAL -> FAILED;
    };
  }
}
