package dev.tare.finding;

import java.util.Locale;
import java.util.Optional;

/** What somebody does to end a finding: the rule's METADATA says it ({@code custom.action}). */
public enum ActionKind {
  /** Build on another image. */
  BASE,
  /** Leave a step that installs something out, or install something else. */
  INSTALL,
  /** Build in stages, and copy only the result. */
  STAGES,
  /** Set a user. */
  USER,
  /** Remove files in the step that makes them. */
  CLEANUP,
  /** Name exactly what is built on or installed. */
  PIN,
  /** Build again, with what is current. */
  REBUILD,
  /** Revoke a secret, and keep it out of the image. */
  SECRET,
  /** Change how the image is configured, named or published. */
  CONFIGURATION,
  /** A rule that does not say. */
  OTHER;

  /** The kind with this {@link #word}. */
  public static Optional<ActionKind> ofWord(String word) {
    for (ActionKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** The word in documents: {@code cleanup}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
