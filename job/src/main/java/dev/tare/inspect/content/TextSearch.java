package dev.tare.inspect.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds a short text in bytes, leaping by what stands where the text would end (Horspool).
 *
 * @see <a href="https://doi.org/10.1002/spe.4380100608">Horspool, Practical fast searching in
 *     strings</a>
 */
public final class TextSearch {
  private final byte[] text;

  /** How far the text is to be moved where this byte stands at its end. */
  private final byte[] leaps = new byte[1 << 8];

  /** Of at most 127 bytes. */
  public TextSearch(String text) {
    this.text = text.getBytes(StandardCharsets.ISO_8859_1);
    Arrays.fill(leaps, (byte) this.text.length);
    for (int i = 0; i < this.text.length - 1; i++) {
      leaps[this.text[i] & 0xff] = (byte) (this.text.length - 1 - i);
    }
  }

  public int length() {
    return text.length;
  }

  /** Where it begins next, not before {@code from}; -1 where it does not. */
  public int next(byte[] content, int from) {
    int last = text.length - 1;
    byte end = text[last];
    for (int at = from + last; at < content.length; ) {
      byte b = content[at];
      if (b == end && Arrays.equals(content, at - last, at, text, 0, last)) {
        return at - last;
      }
      at += leaps[b & 0xff];
    }
    return -1;
  }
}
