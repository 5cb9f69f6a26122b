package dev.tare.report.text;

/**
 * Untrusted text on its way into XML. What XML 1.0 cannot hold at all, in whatever notation, is
 * shown by its number, as JSON would write it.
 *
 * @see <a href="https://www.w3.org/TR/xml/#charsets">XML 1.0: characters</a>
 */
public final class XmlText {
  private XmlText() {}

  public static String of(String text) {
    if (text.codePoints().allMatch(XmlText::isCharacter)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (isCharacter(point)) {
            shown.appendCodePoint(point);
          } else {
            shown.append(String.format("\\u%04x", point));
          }
        });
    return shown.toString();
  }

  private static boolean isCharacter(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= 0x20 && point <= 0xD7FF)
        || (point >= 0xE000 && point <= 0xFFFD)
        || point >= 0x10000;
  }
}
