package dev.tare.ticket.text;

import java.util.Locale;

/**
 * Puts text that others wrote into Markdown so that it stays text: no markup, no HTML, no heading,
 * no mention of a person, no second line, no character that turns the direction of reading.
 *
 * @see <a href="https://github.github.com/gfm/#backslash-escapes">GitHub Flavored Markdown</a>
 */
public final class MarkdownText {
  /** Trackers notify who stands behind an at sign, escaped or not; this keeps them from it. */
  private static final String NO_MENTION = "@\u200B";

  private static final String SPECIAL = "\\`*_[]<>&|~$";
  private static final String SPECIAL_AT_START = "#+-=.)";

  private MarkdownText() {}

  /**
   * Prose, for any place inside a line.
   *
   * @param limit characters to keep of it
   */
  public static String prose(String text, int limit) {
    String line = line(text, limit);
    StringBuilder escaped = new StringBuilder(line.length() + 16);
    boolean start = true;
    for (int at = 0; at < line.length(); at++) {
      char character = line.charAt(at);
      if (character == '@') {
        escaped.append(NO_MENTION);
      } else {
        boolean special =
            SPECIAL.indexOf(character) >= 0 || (start && SPECIAL_AT_START.indexOf(character) >= 0);
        escaped.append(special ? "\\" : "").append(character);
      }
      start &= Character.isDigit(character);
    }
    return escaped.toString();
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

  /** As {@link #code}, for a cell of a table. */
  static String cell(String text, int limit) {
    return code(text, limit).replace("|", "\\|");
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
      if (space) {
        line.append(spaceBefore ? "" : " ");
      } else if (shows(character)) {
        line.appendCodePoint(character);
      } else {
        line.append(String.format(Locale.ROOT, "U+%04X", character));
      }
      spaceBefore = space;
    }
    return line.toString().strip();
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
