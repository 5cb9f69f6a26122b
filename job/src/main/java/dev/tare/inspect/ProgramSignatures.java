package dev.tare.inspect;

import dev.tare.inspect.ProgramSignature.VersionText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the texts by which programs tell what they are, so that a copied, renamed or statically
 * linked one is found too. All are looked for in one pass, which leaps over bytes that can begin
 * none of them (Wu and Manber, with blocks of two bytes); the longer the shortest of them, the
 * longer the leaps. A version that stands elsewhere is looked for only in a program that holds the
 * text.
 */
final class ProgramSignatures {
  private static final int SHORTEST =
      KnownPrograms.SIGNATURES.stream().mapToInt(s -> s.start().length).min().orElseThrow();
  private static final byte[] SHIFT = shifts();

  private ProgramSignatures() {}

  /**
   * A text that was found.
   *
   * @param version empty where none is stated, or several that differ
   * @param identifies whether the program is this tool, whatever its name
   */
  record Match(String tool, String version, boolean identifies) {}

  private static byte[] shifts() {
    byte[] shifts = new byte[1 << 16];
    Arrays.fill(shifts, (byte) (SHORTEST - 1));
    for (ProgramSignature signature : KnownPrograms.SIGNATURES) {
      byte[] start = signature.start();
      for (int i = 1; i < SHORTEST; i++) {
        int block = (start[i - 1] & 0xff) << 8 | (start[i] & 0xff);
        shifts[block] = (byte) Math.min(shifts[block], SHORTEST - 1 - i);
      }
    }
    return shifts;
  }

  /**
   * The programs that this content says it is or holds, in the order of the texts; each once.
   *
   * @param from where to begin
   */
  static List<Match> find(byte[] content, int from) {
    Map<ProgramSignature, String> versions = new LinkedHashMap<>();
    for (int end = from + SHORTEST - 1; end < content.length; ) {
      int shift = SHIFT[(content[end - 1] & 0xff) << 8 | (content[end] & 0xff)];
      if (shift > 0) {
        end += shift;
        continue;
      }
      int start = end - SHORTEST + 1;
      for (ProgramSignature signature : KnownPrograms.SIGNATURES) {
        if (stands(signature.start(), content, start)) {
          note(signature, content, start, versions);
        }
      }
      end++;
    }
    List<Match> found = new ArrayList<>();
    versions.forEach((signature, version) -> {
      if (signature.identifies() || !version.isEmpty()) {
        found.add(new Match(signature.tool(), version, signature.identifies()));
      }
    });
    return found;
  }

  private static boolean stands(byte[] text, byte[] content, int at) {
    return at + text.length <= content.length
        && content[at] == text[0]
        && Arrays.equals(content, at, at + text.length, text, 0, text.length);
  }

  private static void note(
      ProgramSignature signature,
      byte[] content,
      int start,
      Map<ProgramSignature, String> versions) {
    String known = versions.get(signature);
    VersionText text = signature.version();
    if (text == null) {
      versions.put(signature, "");
    } else if (text.start() == null) {
      if (known == null || known.isEmpty()) {
        versions.put(signature, text.at(content, start + signature.start().length));
      }
    } else if (known == null) {
      versions.put(signature, stated(text, text.start(), content));
    }
  }

  /** The one version that stands somewhere behind this text; empty where there are several. */
  private static String stated(VersionText text, byte[] start, byte[] content) {
    Set<String> stated = new HashSet<>();
    for (int at = 0; at + start.length <= content.length; at++) {
      if (stands(start, content, at)) {
        stated.add(text.at(content, at + start.length));
      }
    }
    stated.remove("");
    return stated.size() == 1 ? stated.iterator().next() : "";
  }
}
