package dev.tare.inspect.content;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a file begins, to tell what it is where its path does not.
 *
 * @param bytes its first ones, and maybe more: not to be kept
 * @param length how many of them count
 */
public record FileStart(LayerFile file, byte[] bytes, int length) {
  private static final int LONGEST_LINE = 400;

  /** Whether it begins with this ASCII. */
  public boolean startsWith(String text) {
    return standsAt(0, text);
  }

  /** Whether this ASCII stands at this place of it. */
  public boolean standsAt(int place, String text) {
    if (place + text.length() > length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[place + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of the lines that are seen begins with this ASCII. */
  public boolean hasLine(String beginning) {
    for (int at = 0; at < length; at++) {
      if ((at == 0 || bytes[at - 1] == '\n') && standsAt(at, beginning)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the file is no longer than this. */
  public boolean isAtMost(long bytesLong) {
    return file.sizeBytes() <= bytesLong;
  }

  /**
   * The first line that is neither blank nor a comment, of a text: the fields that {@code
   * separator} parts in it. Empty where there is none, or it is longer than what is seen.
   */
  public List<String> firstFields(char separator) {
    int at = 0;
    while (at < length) {
      int end = at;
      while (end < length && bytes[end] != '\n') {
        if (bytes[end] == 0) {
          return List.of();
        }
        end++;
      }
      if (end - at > LONGEST_LINE || (end == length && length < file.sizeBytes())) {
        return List.of();
      }
      String line = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        return List.of(line.split(String.valueOf(separator), -1));
      }
      at = end + 1;
    }
    return List.of();
  }
}
