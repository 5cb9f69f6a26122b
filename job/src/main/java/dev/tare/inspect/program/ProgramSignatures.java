package dev.tare.inspect.program;

import dev.tare.inspect.content.TextSearch;
import dev.tare.inspect.program.ProgramSignature.VersionText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  /** The texts that are at their place where this block of two bytes does not let leap on. */
  private static final ProgramSignature[][] HERE = here();

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
        int block = block(start, i);
        shifts[block] = (byte) Math.min(shifts[block], SHORTEST - 1 - i);
      }
    }
    return shifts;
  }

  private static ProgramSignature[][] here() {
    Map<Integer, List<ProgramSignature>> byBlock = new HashMap<>();
    for (ProgramSignature signature : KnownPrograms.SIGNATURES) {
      byBlock
          .computeIfAbsent(block(signature.start(), SHORTEST - 1), block -> new ArrayList<>())
          .add(signature);
    }
    ProgramSignature[][] here = new ProgramSignature[1 << 16][];
    byBlock.forEach(
        (block, signatures) -> here[block] = signatures.toArray(ProgramSignature[]::new));
    return here;
  }

  /** The two bytes that end at this place. */
  private static int block(byte[] bytes, int end) {
    return (bytes[end - 1] & 0xff) << 8 | (bytes[end] & 0xff);
  }

  /**
   * The programs that this content says it is or holds, in the order of the texts; each once.
   *
   * @param from where to begin
   */
  static List<Match> find(byte[] content, int from) {
    Map<ProgramSignature, String> versions = new LinkedHashMap<>();
    for (int end = from + SHORTEST - 1; end < content.length; ) {
      int block = block(content, end);
      int shift = SHIFT[block];
      if (shift > 0) {
        end += shift;
        continue;
      }
      int start = end - SHORTEST + 1;
      for (ProgramSignature signature : HERE[block]) {
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
  private static String stated(VersionText text, TextSearch start, byte[] content) {
    Set<String> stated = new HashSet<>();
    for (int at = start.next(content, 0); at >= 0; at = start.next(content, at + 1)) {
      stated.add(text.at(content, at + start.length()));
    }
    stated.remove("");
    return stated.size() == 1 ? stated.iterator().next() : "";
  }
}
