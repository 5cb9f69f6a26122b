package dev.tare.cli.option;

/** Of which time vulnerabilities are. */
public enum MatchingTime {
  /** When the run was made that is judged again. */
  run,
  /** Now. */
  now
}
