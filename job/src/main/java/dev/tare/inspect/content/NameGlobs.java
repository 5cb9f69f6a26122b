package dev.tare.inspect.content;

import java.util.Arrays;

/**
 * File names with one star in them, each with the number of the rule that it is of: asked of every
 * file, so that only those are compared that end, or begin, with the character that the name does.
 */
public final class NameGlobs {
  private static final Glob[] NONE = {};

  private final Glob[][] byLast = new Glob[1 << 7][];
  private final Glob[][] byFirst = new Glob[1 << 7][];

  public NameGlobs() {
    Arrays.fill(byLast, NONE);
    Arrays.fill(byFirst, NONE);
  }

  /**
   * What stands before the star, and behind it.
   *
   * @param rule its number
   */
  public record Glob(String prefix, String suffix, int rule) {
    public boolean fits(String name) {
      return name.length() >= prefix.length() + suffix.length()
          && name.startsWith(prefix)
          && name.endsWith(suffix);
    }
  }

  /** Whether it took the glob: not one that begins and ends with something else than ASCII. */
  public boolean add(Glob glob) {
    return add(byLast, last(glob.suffix()), glob) || add(byFirst, first(glob.prefix()), glob);
  }

  private static boolean add(Glob[][] table, int character, Glob glob) {
    if (character >= table.length) {
      return false;
    }
    Glob[] others = table[character];
    table[character] = Arrays.copyOf(others, others.length + 1);
    table[character][others.length] = glob;
    return true;
  }

  /** The lowest rule whose glob fits, or {@code otherwise} where that is lower. */
  public int lowest(String name, int otherwise) {
    return lowest(byFirst, first(name), name, lowest(byLast, last(name), name, otherwise));
  }

  private static int lowest(Glob[][] table, int character, String name, int otherwise) {
    int lowest = otherwise;
    for (Glob glob : character < table.length ? table[character] : NONE) {
      if (glob.rule() < lowest && glob.fits(name)) {
        lowest = glob.rule();
      }
    }
    return lowest;
  }

  private static int first(String text) {
    return text.isEmpty() ? Character.MAX_VALUE : text.charAt(0);
  }

  private static int last(String text) {
    return text.isEmpty() ? Character.MAX_VALUE : text.charAt(text.length() - 1);
  }
}
