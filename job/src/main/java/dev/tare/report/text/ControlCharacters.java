package dev.tare.report.text;

/**
 * What a terminal would obey, or what turns the direction of reading, in files that many look at
 * with {@code less} or {@code cat}, or print.
 */
final class ControlCharacters {
  private ControlCharacters() {}

  /** The text with {@code \\u001b} in place of such a character; lines and tabs stay. */
  static String shown(String text) {
    if (text.chars().noneMatch(ControlCharacters::isOne)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.chars()
        .forEach(c -> {
          if (isOne(c)) {
            shown.append(String.format("\\u%04x", c));
          } else {
            shown.append((char) c);
          }
        });
    return shown.toString();
  }

  private static boolean isOne(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
