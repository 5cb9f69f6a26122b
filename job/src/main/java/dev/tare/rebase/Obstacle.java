package dev.tare.rebase;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Something that speaks against laying own layers over another base.
 *
 * @param text one sentence: what, and by which evidence
 */
public record Obstacle(Kind kind, String text) {
  /** What it is about. */
  public enum Kind {
    /** The C library that own programs were linked with is not there. */
    C_LIBRARY("c-library", true),
    /** Own layers installed packages, and the other base has no database of that manager. */
    PACKAGE_MANAGER("package-manager", true),
    /** Own layers have packages of a release of a language's runtime that is not there. */
    RUNTIME("runtime", false),
    /** Scripts of own layers begin with an interpreter that is not there. */
    INTERPRETER("interpreter", false),
    /** What the image starts is not there. */
    START("start", false),
    /** The other base is of another distribution, or of another release. */
    DISTRIBUTION("distribution", false);

    private final String word;
    private final boolean rebuild;

    Kind(String word, boolean rebuild) {
      this.word = word;
      this.rebuild = rebuild;
    }

    /** As documents name it. */
    @JsonValue
    public String word() {
      return word;
    }

    /** Whether nothing is predicted across it. */
    public boolean needsRebuild() {
      return rebuild;
    }
  }
}
