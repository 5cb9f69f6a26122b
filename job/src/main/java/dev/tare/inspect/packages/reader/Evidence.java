package dev.tare.inspect.packages.reader;

import java.util.Locale;

/** What says that a package is there, and what it is called. */
public enum Evidence {
  /** The database of a package manager. */
  DATABASE,
  /** Data of the package about itself: {@code pom.properties}, {@code METADATA}. */
  METADATA,
  /** Headers in a jar's manifest, which are not its coordinates in a repository. */
  MANIFEST,
  /** The name of its file. */
  FILE_NAME,
  /** An SBOM that lies in the image: what its publisher claims, and nobody has verified. */
  SBOM;

  /** As the facts have it: {@code file-name}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Evidence of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
