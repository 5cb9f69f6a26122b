package dev.tare.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts by which programs tell what they are and of which version, so that a copied, renamed or
 * statically linked one is found too. All are looked for in one pass, which leaps over bytes that
 * can begin none of them (Wu and Manber, with blocks of two bytes).
 */
final class ProgramSignatures {
  /** What follows the fixed text; the group, where there is one, is the version. */
  private static final String VERSION = "(\\d{1,4}\\.[0-9A-Za-z.]{1,24})";

  private static final List<Signature> SIGNATURES =
      List.of(
          identifying("bash", "@(#)Bash version ", VERSION),
          identifying("curl", "\0curl ", VERSION + "(?:-DEV)? \\([\\w-]+\\) "),
          identifying("wget", "GNU Wget %s, a non-interactive", ""),
          new Signature("wget", "/wget-", "(\\d\\.\\d{1,3}(?:\\.\\d{1,3})?)[=/]", false),
          identifying("wget2", "GNU Wget2 %s", ""),
          identifying("busybox", "BusyBox v", VERSION),
          identifying("toybox", "oybox 0.", ""),
          identifying("coreutils", "coreutils-prog-shebang=", ""),
          identifying("socat", "socat by Gerhard Rieger", ""),
          identifying("nc", "OpenBSD netcat (", ""),
          identifying("dropbear", "SSH-2.0-dropbear_", "(\\d{4}\\.\\d{1,3})"),
          new Signature("ssh", "OpenSSH_", "(\\d{1,2}\\.\\d{1,2}(?:p\\d)?)", false),
          new Signature("openssl", "OpenSSL ", "(\\d\\.\\d{1,2}\\.\\d{1,2}[a-z]{0,2}) ", false),
          new Signature("git", "\0git/", VERSION, false));

  private static final int SHORTEST =
      SIGNATURES.stream().mapToInt(s -> s.start().length).min().orElseThrow();
  private static final byte[] SHIFT = shifts();

  /** How far behind the fixed text a version may reach. */
  private static final int REACH = 64;

  private ProgramSignatures() {}

  private record Signature(String tool, byte[] start, Pattern rest, boolean identifies) {
    Signature(String tool, String start, String rest, boolean identifies) {
      this(tool, start.getBytes(StandardCharsets.ISO_8859_1), Pattern.compile(rest), identifies);
    }
  }

  private static Signature identifying(String tool, String start, String rest) {
    return new Signature(tool, start, rest, true);
  }

  /**
   * A text that was found.
   *
   * @param version empty where the text has none
   * @param identifies whether the program is this tool, whatever its name
   */
  record Match(String tool, String version, boolean identifies) {}

  private static byte[] shifts() {
    byte[] shifts = new byte[1 << 16];
    Arrays.fill(shifts, (byte) (SHORTEST - 1));
    for (Signature signature : SIGNATURES) {
      byte[] start = signature.start();
      for (int i = 1; i < SHORTEST; i++) {
        int block = (start[i - 1] & 0xff) << 8 | (start[i] & 0xff);
        shifts[block] = (byte) Math.min(shifts[block], SHORTEST - 1 - i);
      }
    }
    return shifts;
  }

  /** All texts in the order they stand; each tool and version once. */
  static List<Match> find(byte[] content) {
    List<Match> found = new ArrayList<>();
    for (int end = SHORTEST - 1; end < content.length; ) {
      int shift = SHIFT[(content[end - 1] & 0xff) << 8 | (content[end] & 0xff)];
      if (shift > 0) {
        end += shift;
        continue;
      }
      int start = end - SHORTEST + 1;
      for (Signature signature : SIGNATURES) {
        if (stands(signature.start(), content, start)) {
          take(signature, content, start + signature.start().length, found);
        }
      }
      end++;
    }
    return found;
  }

  private static boolean stands(byte[] text, byte[] content, int at) {
    return at + text.length <= content.length
        && content[at] == text[0]
        && Arrays.equals(content, at, at + text.length, text, 0, text.length);
  }

  private static void take(Signature signature, byte[] content, int behind, List<Match> found) {
    String rest =
        new String(
            content, behind, Math.min(REACH, content.length - behind), StandardCharsets.ISO_8859_1);
    Matcher matcher = signature.rest().matcher(rest);
    if (matcher.lookingAt()) {
      String version = matcher.groupCount() > 0 ? matcher.group(1) : "";
      Match match = new Match(signature.tool(), version, signature.identifies());
      if (!found.contains(match)) {
        found.add(match);
      }
    }
  }
}
