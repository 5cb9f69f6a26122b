package dev.tare.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands in a shell's text, each as its words without quotes: {@code cd /app && exec java
 * -jar "a b.jar"} are two. What only a shell can tell, the values of variables, stays as it is
 * written.
 */
final class ShellWords {
  /** Of what a person may have written as the start of a container. */
  private static final int LONGEST_TEXT = 16_384;

  private final List<List<String>> commands = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> words = new ArrayList<>();

  private ShellWords() {}

  /** The commands in the order of the text; what is beyond 16 KiB is not looked at. */
  static List<List<String>> commands(String text) {
    ShellWords shell = new ShellWords();
    shell.read(text.substring(0, Math.min(LONGEST_TEXT, text.length())));
    return shell.commands;
  }

  private void read(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '\'', '"' -> {
          int end = text.indexOf(c, at + 1);
          int stop = end < 0 ? text.length() : end;
          word.append(text, at + 1, stop);
          at = stop;
        }
        case '\\' -> {
          at++;
          if (at < text.length() && text.charAt(at) != '\n') {
            word.append(text.charAt(at));
          }
        }
        case ' ', '\t' -> endWord();
        case ';', '&', '|', '\n', '(', ')', '`' -> endCommand();
        default -> word.append(c);
      }
    }
    endCommand();
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(words);
      words = new ArrayList<>();
    }
  }
}
