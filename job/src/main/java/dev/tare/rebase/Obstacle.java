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
    /** The C library that own programs may be linked with is not there, or is older. */
    C_LIBRARY("c-library"),
    /** Own layers installed packages, and the other base has no database of that manager. */
    PACKAGE_MANAGER("package-manager"),
    /** Own layers have packages of a release of a language's runtime that is not there. */
    RUNTIME("runtime"),
    /** Scripts of own layers begin with an interpreter that is not there. */
    INTERPRETER("interpreter"),
    /** Programs of own layers need a shared library that is not there. */
    LIBRARY("library"),
    /** What the image starts is not there. */
    START("start"),
    /** The other base is of another distribution, or of another release. */
    DISTRIBUTION("distribution");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As documents name it. */
    @JsonValue
    public String word() {
      return word;
    }
  }
}
