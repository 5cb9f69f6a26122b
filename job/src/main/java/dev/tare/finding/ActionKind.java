package dev.tare.finding;

import java.util.Locale;
import java.util.Optional;

/** What somebody does to end a finding: the rule's METADATA says it ({@code custom.action}). */
public enum ActionKind {
  /** Build on another image. */
  BASE("Change the base"),
  /** Leave a step that installs something out, or install something else. */
  INSTALL("Drop or change what is installed"),
  /** Build in stages, and copy only the result. */
  STAGES("Build in stages"),
  /** Set a user. */
  USER("Set a user"),
  /** Remove files in the step that makes them. */
  CLEANUP("Clean up in the same step"),
  /** Name exactly what is built on or installed. */
  PIN("Pin what is built on"),
  /** Build again, with what is current. */
  REBUILD("Rebuild"),
  /** Revoke a secret, and keep it out of the image. */
  SECRET("Remove and revoke secrets"),
  /** Change how the image is configured, named or published. */
  CONFIGURATION("Change the configuration"),
  /** A rule that does not say. */
  OTHER("Follow the rule's remedy");

  private final String title;

  ActionKind(String title) {
    this.title = title;
  }

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

  /** What to do, as the beginning of a sentence. */
  public String title() {
    return title;
  }
}
