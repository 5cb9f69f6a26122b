package dev.tare.ticket.text;

import java.util.Locale;

/**
 * Puts text that others wrote into Markdown so that it stays text: no markup, no HTML, no mention
 * of a person, no reference to an issue, no quick action. It is never escaped, so that what people
 * copy is what was there: what is not plain words stands in a code span or a code block, whose
 * fence is longer than any run of backticks inside.
 *
 * <p>Line ends aside, characters that do not show or that turn the direction of reading are written
 * as {@code U+202E}.
 *
 * @see <a href="https://spec.commonmark.org/0.31.2/#code-spans">CommonMark</a>
 */
public final class MarkdownText {
  private MarkdownText() {}

  /**
   * Prose that a policy holds, for any place inside a line: words as they are, commands and
   * everything else that is not a plain word as code.
   *
   * @param limit characters to keep of it
   */
  public static String words(String text, int limit) {
    return Prose.markdown(line(text, limit));
  }

  /**
   * A name, a path or a value as code, for any place outside a table.
   *
   * @param limit characters to keep of it
   */
  static String code(String text, int limit) {
    String line = line(text, limit);
    if (line.isEmpty()) {
      return "(empty)";
    }
    String fence = "`".repeat(longestRunOfBackticks(line) + 1);
    boolean padded = line.startsWith("`") || line.endsWith("`");
    return fence + (padded ? " " + line + " " : line) + fence;
  }

  /**
   * Lines as a code block, with a line feed at its end.
   *
   * @param language of the block, ours: {@code text}, {@code sh}
   * @param text one or more lines
   */
  static String block(String language, String text) {
    String shown = visible(text.replace("\r\n", "\n")).stripTrailing();
    String fence = "`".repeat(Math.max(3, longestRunOfBackticks(shown) + 1));
    return fence + language + "\n" + shown + "\n" + fence + "\n";
  }

  /** One line without characters that do not show; what is too long ends in an ellipsis. */
  static String line(String text, int limit) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), limit) + 1);
    boolean spaceBefore = true;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (line.length() >= limit) {
        return line.toString().strip() + "…";
      }
      boolean space = Character.isWhitespace(character) || Character.isSpaceChar(character);
      if (!space) {
        show(line, character);
      } else if (!spaceBefore) {
        line.append(' ');
      }
      spaceBefore = space;
    }
    return line.toString().strip();
  }

  /** Lines as they are, without characters that do not show. */
  private static String visible(String text) {
    StringBuilder lines = new StringBuilder(text.length());
    text.codePoints()
        .forEach(character -> {
          if (character == '\n') {
            lines.append('\n');
          } else if (character == '\t' || Character.isSpaceChar(character)) {
            lines.append(' ');
          } else {
            show(lines, character);
          }
        });
    return lines.toString();
  }

  private static void show(StringBuilder text, int character) {
    if (shows(character)) {
      text.appendCodePoint(character);
    } else {
      text.append(String.format(Locale.ROOT, "U+%04X", character));
    }
  }

  /** Control, format (zero width, direction), lone surrogate and unassigned characters do not. */
  private static boolean shows(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static int longestRunOfBackticks(String text) {
    int longest = 0;
    int run = 0;
    for (int at = 0; at < text.length(); at++) {
      run = text.charAt(at) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
