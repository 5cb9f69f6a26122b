package dev.tare.report.text;

import java.io.Serial;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes for JSON inside an HTML {@code script} element: without a {@code <} no label can end the
 * element or open a comment in it.
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements">HTML:
 *     restrictions for contents of script elements</a>
 */
public final class ScriptSafeEscapes extends CharacterEscapes {
  @Serial private static final long serialVersionUID = 1L;

  private final int[] ascii = standardAsciiEscapesForJSON();

  public ScriptSafeEscapes() {
    ascii['<'] = ESCAPE_CUSTOM;
    ascii['>'] = ESCAPE_CUSTOM;
    ascii['&'] = ESCAPE_CUSTOM;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return new SerializedString(String.format("\\u%04x", character));
  }
}
