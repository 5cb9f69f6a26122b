package dev.tare.inspect.program;

import dev.tare.inspect.content.TextSearch;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that only one kind of program holds, and where such a program states its version.
 *
 * @param start the text
 * @param identifies whether a program that holds it is this tool, whatever its name; otherwise it
 *     is only the version that counts, and only under the tool's own name
 * @param version null where the program does not state it in a place of its own
 */
record ProgramSignature(
    String tool, byte[] start, boolean identifies, @Nullable VersionText version) {

  /** How far behind its beginning a version may reach. */
  private static final int REACH = 64;

  /**
   * Where a version stands.
   *
   * @param start what stands before it; null where it follows the signature itself
   * @param lead how each version of this program begins; part of it
   * @param rest what follows the lead; its group is the rest of the version
   */
  record VersionText(@Nullable TextSearch start, String lead, Pattern rest) {
    /** The version whose lead ended just before this place; empty where there is none. */
    String at(byte[] content, int behind) {
      int length = Math.min(REACH, content.length - behind);
      Matcher matcher =
          rest.matcher(new String(content, behind, length, StandardCharsets.ISO_8859_1));
      return matcher.lookingAt() ? lead + matcher.group(1) : "";
    }
  }

  static ProgramSignature identity(String tool, String text) {
    return new ProgramSignature(tool, bytes(text), true, null);
  }

  static ProgramSignature named(String tool, String text) {
    return new ProgramSignature(tool, bytes(text), false, null);
  }

  /** The version follows the text. */
  ProgramSignature followedBy(String version) {
    return with(new VersionText(null, "", Pattern.compile(version)));
  }

  /** The version follows another text. */
  ProgramSignature versionAfter(String text, String version) {
    return with(new VersionText(new TextSearch(text), "", Pattern.compile(version)));
  }

  /**
   * The version is a text of its own, from NUL to NUL.
   *
   * @param lead how it begins, whichever it is
   */
  ProgramSignature versionApart(String lead, String rest) {
    return with(
        new VersionText(new TextSearch("\0" + lead), lead, Pattern.compile("(" + rest + ")\0")));
  }

  private ProgramSignature with(VersionText text) {
    return new ProgramSignature(tool, start, identifies, text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
