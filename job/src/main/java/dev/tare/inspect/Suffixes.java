package dev.tare.inspect;

import java.util.List;

/** Ends of names or paths that tell what a file is: asked of every file, so without streams. */
record Suffixes(List<String> all) {
  static Suffixes of(String... all) {
    return new Suffixes(List.of(all));
  }

  /** Whether the text ends with one of them. */
  boolean fit(String text) {
    for (int i = 0; i < all.size(); i++) {
      if (text.endsWith(all.get(i))) {
        return true;
      }
    }
    return false;
  }
}
