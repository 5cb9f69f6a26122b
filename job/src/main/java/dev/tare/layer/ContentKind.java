package dev.tare.layer;

/**
 * What the first bytes of a regular file say it is, where {@link ContentInterest} wants the file.
 */
public enum ContentKind {
  /** No content, or not a regular file. */
  NONE,
  /** Begins with the ELF magic number. */
  ELF,
  /** Begins with {@code #!}. */
  SCRIPT,
  /** Anything else, or not looked at. */
  OTHER
}
