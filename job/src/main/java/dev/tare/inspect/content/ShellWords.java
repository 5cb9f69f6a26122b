package dev.tare.inspect.content;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands in a shell's text, each as its words without quotes: {@code cd /app && exec java
 * -jar "a b.jar"} are two. What only a shell can tell, the values of variables, stays as it is
 * written.
 */
public final class ShellWords {
  /** Of what a person may have written as the start of a container. */
  private static final int LONGEST_TEXT = 16_384;

  /**
   * A word and where it stands.
   *
   * @param text without quotes and backslashes
   * @param start of its first character or quote
   * @param end behind its last
   */
  public record Word(String text, int start, int end) {}

  /**
   * One command.
   *
   * @param piped whether the next command reads what this one says
   */
  public record Command(List<Word> words, boolean piped) {}

  private final String source;
  private final int end;
  private final List<Command> commands = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int wordStart = -1;
  private List<Word> words = new ArrayList<>();

  private ShellWords(String source, int end) {
    this.source = source;
    this.end = end;
  }

  /** The commands in the order of the text; what is beyond 16 KiB is not looked at. */
  public static List<List<String>> commands(String text) {
    return commands(text, 0, Math.min(LONGEST_TEXT, text.length())).stream()
        .map(command -> command.words().stream().map(Word::text).toList())
        .toList();
  }

  /** The commands in a part of a text, with words where they stand in the whole. */
  public static List<Command> commands(String text, int start, int end) {
    ShellWords shell = new ShellWords(text, end);
    shell.read(start);
    return shell.commands;
  }

  private void read(int start) {
    for (int at = start; at < end; at++) {
      char c = source.charAt(at);
      switch (c) {
        case '\'', '"' -> at = quoted(at, c);
        case '\\' -> {
          at++;
          if (at < end && source.charAt(at) != '\n') {
            append(at - 1, source.charAt(at));
          }
        }
        case ' ', '\t' -> endWord(at);
        case ';', '&', '|', '\n', '(', ')', '`' -> {
          boolean piped = c == '|' && !isAt(at + 1, '|') && !isAt(at - 1, '|');
          endCommand(at, piped);
        }
        default -> append(at, c);
      }
    }
    endCommand(end, false);
  }

  /** Reads what is quoted; returns where its last quote is. */
  private int quoted(int start, char quote) {
    wordStart = wordStart < 0 ? start : wordStart;
    int at = start + 1;
    for (; at < end && source.charAt(at) != quote; at++) {
      if (quote == '"' && source.charAt(at) == '\\' && at + 1 < end) {
        at++;
      }
      word.append(source.charAt(at));
    }
    return Math.min(at, end - 1);
  }

  private boolean isAt(int at, char c) {
    return at >= 0 && at < end && source.charAt(at) == c;
  }

  private void append(int at, char c) {
    wordStart = wordStart < 0 ? at : wordStart;
    word.append(c);
  }

  private void endWord(int at) {
    if (!word.isEmpty()) {
      words.add(new Word(word.toString(), wordStart, at));
      word.setLength(0);
    }
    wordStart = -1;
  }

  private void endCommand(int at, boolean piped) {
    endWord(at);
    if (!words.isEmpty()) {
      commands.add(new Command(words, piped));
      words = new ArrayList<>();
    }
  }
}
