package dev.tare.cli.terminal;

/** Text from outside, made safe for a terminal: one line, no control characters. */
public final class OneLine {
  private OneLine() {}

  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t') {
            line.append(' ');
          } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            line.append(String.format("\\u%04x", c));
          } else {
            line.appendCodePoint(c);
          }
        });
    return line.toString();
  }
}
