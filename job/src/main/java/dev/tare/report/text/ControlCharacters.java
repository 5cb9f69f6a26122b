package dev.tare.report.text;

/** What a terminal would obey, in files that many look at with {@code less} or {@code cat}. */
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
    return Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
  }
}
