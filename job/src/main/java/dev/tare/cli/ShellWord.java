package dev.tare.cli;

import java.util.regex.Pattern;

/** A word of a command as people can type it. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellWord() {}

  /** The word, in single quotes where a shell would read it otherwise. */
  public static String of(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
