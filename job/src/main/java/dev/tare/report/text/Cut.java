package dev.tare.report.text;

/** Text of at most so many characters. */
public final class Cut {
  private Cut() {}

  /** The text, or its beginning and a sign that it goes on. */
  public static String to(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    // Never half of a surrogate pair: the file is UTF-8.
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "…";
  }
}
