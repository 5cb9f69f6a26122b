package dev.tare.inspect.content;

import java.util.Arrays;

/**
 * Ends of names or paths that tell what a file is: asked of every file, so without streams, and
 * only those are compared whose last character is that of the text.
 */
public final class Suffixes {
  private static final String[] NONE = {};

  private final String[][] byLast = new String[1 << 7][];

  private Suffixes(String... all) {
    Arrays.fill(byLast, NONE);
    for (String suffix : all) {
      char last = suffix.charAt(suffix.length() - 1);
      String[] others = byLast[last];
      byLast[last] = Arrays.copyOf(others, others.length + 1);
      byLast[last][others.length] = suffix;
    }
  }

  /** Of these ends, none empty, each ending in ASCII. */
  public static Suffixes of(String... all) {
    return new Suffixes(all);
  }

  /** Whether the text ends with one of them. */
  public boolean fit(String text) {
    for (String suffix : withLastOf(text)) {
      if (text.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the path ends with one of them when a slash is put before it. */
  public boolean fitBelowRoot(String path) {
    for (String suffix : withLastOf(path)) {
      if (path.endsWith(suffix)
          || (suffix.length() == path.length() + 1
              && suffix.charAt(0) == '/'
              && suffix.endsWith(path))) {
        return true;
      }
    }
    return false;
  }

  private String[] withLastOf(String text) {
    char last = text.isEmpty() ? 0 : text.charAt(text.length() - 1);
    return last < byLast.length ? byLast[last] : NONE;
  }
}
