package dev.tare.layer.tar;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Paths as an index has them, from the bytes a tar has. */
public final class EntryPath {
  private EntryPath() {}

  /** Bytes as text; those that are not UTF-8 stand as {@code \xNN}. */
  static String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return decode(bytes);
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1); // As ASCII, without looking again.
  }

  /**
   * Without leading, trailing and doubled slashes and without {@code .} components; null where a
   * component is {@code ..}.
   */
  public static @Nullable String normalise(String path) {
    if (isNormal(path)) {
      return path;
    }
    StringBuilder normal = new StringBuilder(path.length());
    for (int start = 0; start <= path.length(); ) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String component = path.substring(start, end);
      if (component.equals("..")) {
        return null;
      }
      if (!component.isEmpty() && !component.equals(".")) {
        if (!normal.isEmpty()) {
          normal.append('/');
        }
        normal.append(component);
      }
      start = end + 1;
    }
    return normal.toString();
  }

  /** The directory part, empty for the root. */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The last component. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path of an entry of a directory. */
  public static String child(String directory, String name) {
    return directory.isEmpty() ? name : directory + "/" + name;
  }

  /** Whether every component is there and begins with something else than a dot: most paths. */
  private static boolean isNormal(String path) {
    for (int start = 0; start < path.length(); ) {
      char first = path.charAt(start);
      if (first == '/' || first == '.') {
        return false;
      }
      int slash = path.indexOf('/', start);
      if (slash < 0) {
        return true;
      }
      start = slash + 1;
    }
    return false;
  }

  private static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(4 * bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put(String.format("\\x%02x", in.get() & 0xff));
      }
    }
  }
}
