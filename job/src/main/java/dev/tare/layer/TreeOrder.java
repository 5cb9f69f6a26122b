package dev.tare.layer;

import java.util.Comparator;

/**
 * Orders paths as a walk of the tree does: a directory immediately before everything below it,
 * names by code point.
 */
public final class TreeOrder implements Comparator<String> {
  /** The one instance. */
  public static final TreeOrder INSTANCE = new TreeOrder();

  private TreeOrder() {}

  @Override
  public int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return left.length() - right.length();
  }

  /**
   * The separator sorts before everything, so that {@code a/b} comes before {@code a-b}; surrogates
   * sort after all other chars, as the code points do that they stand for.
   */
  private static int rank(char c) {
    if (c == '/') {
      return -1;
    }
    return Character.isSurrogate(c) ? c + Character.MIN_SUPPLEMENTARY_CODE_POINT : c;
  }
}
