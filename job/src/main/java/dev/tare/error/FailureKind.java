package dev.tare.error;

/** Whose failure it is; decides the exit status and whether trying again can help. */
public enum FailureKind {
  /** Wrong usage or configuration: the person who typed it can fix it. */
  USAGE,
  /** The run cannot proceed: registry unreachable, credentials refused, state unusable. */
  ENVIRONMENT,
  /** The registry does not have it, or does not show it to these credentials. */
  NOT_FOUND,
  /** The registry refused the credentials for this one thing. */
  DENIED,
  /** A failure that passes: busy, timed out, connection dropped. Trying again helps. */
  TRANSIENT,
  /** Content that contradicts its own description: wrong digest, truncated, malformed. */
  BAD_CONTENT,
  /** Content that exceeds a stated limit. */
  LIMIT,
  /** A defect in Tare. */
  INTERNAL
}
