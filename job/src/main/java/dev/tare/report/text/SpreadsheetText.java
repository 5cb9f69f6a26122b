package dev.tare.report.text;

import org.jspecify.annotations.Nullable;

/**
 * Text from an image or a registry on its way into a spreadsheet. A cell that begins like a formula
 * would be run by the program that opens the file; an apostrophe in front makes it text. What a
 * terminal would obey stands as {@code \\u001b}: many look at the file with {@code less}.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP: CSV injection</a>
 */
public final class SpreadsheetText {
  /** The last four are the full-width forms, which some programs read as the plain ones. */
  private static final String STARTS_OF_A_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private SpreadsheetText() {}

  public static String of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String cell = ControlCharacters.shown(text);
    return STARTS_OF_A_FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
