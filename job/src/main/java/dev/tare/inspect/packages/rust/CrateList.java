package dev.tare.inspect.packages.rust;

import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program that cargo-auditable built says it was built of: JSON, compressed with zlib, in a
 * section of its own, {@code .dep-v0}. It is looked for by what it begins with, because the table
 * of sections stands behind it.
 *
 * <pre>
 * {"packages":[{"name":"app","version":"0.1.0","source":"local","root":true},
 *     {"name":"semver","version":"1.0.20","source":"crates.io"},
 *     {"name":"autocfg","version":"1.1.0","source":"crates.io","kind":"build"}]}
 * </pre>
 *
 * <p>What only the build needed is not in the program. A crate of a directory or of a repository is
 * not the one of that name and version, and is left out.
 *
 * @see <a href="https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md">Parsing
 *     it</a>
 */
public final class CrateList {
  static final String TYPE = "cargo";

  private static final byte[] BEGINNING = "{\"packages\":[".getBytes(StandardCharsets.US_ASCII);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** No list is longer, compressed; the longest known has 20 KB. */
  public static final int LARGEST = 1 << 20;

  /** Nor longer than this. */
  private static final int LONGEST = 8 << 20;

  /** How much of one tells that it is one. */
  static final int PROBE = 64;

  private CrateList() {}

  /** Adds the crates that the first list in these bytes names; nothing where there is none. */
  public static void addTo(PackageText text, byte[] bytes) {
    int at = find(bytes, 0, bytes.length - BEGINNING.length);
    if (at < 0) {
      return;
    }
    byte[] list = inflated(bytes, at, bytes.length - at, LONGEST);
    if (list == null) {
      text.addFailure("the list of crates cannot be read");
      return;
    }
    try (JsonParser parser = JSON.createParser(list)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean packages = parser.currentName().equals("packages");
        if (parser.nextToken() != JsonToken.START_ARRAY || !packages) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          add(text, parser);
        }
      }
    } catch (JacksonException e) {
      text.addFailure("the list of crates is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void add(PackageText text, JsonParser parser) {
    String name = "";
    String version = "";
    String source = "";
    String kind = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        parser.skipChildren();
        continue;
      }
      switch (key) {
        case "name" -> name = parser.getString();
        case "version" -> version = parser.getString();
        case "source" -> source = parser.getString();
        case "kind" -> kind = parser.getString();
        default -> {}
      }
    }
    if (source.equals("crates.io")
        && !kind.equals("build")
        && !name.isEmpty()
        && !version.isEmpty()) {
      text.add(new PackageRecord(TYPE, name, version, null, null, null));
    }
  }

  /** The first place in {@code [from, to)} where a list begins; below 0 where there is none. */
  static int find(byte[] bytes, int from, int to) {
    for (int at = from; at < Math.min(to, bytes.length - 1); at++) {
      if (bytes[at] == 0x78 && isHeader(bytes[at + 1]) && begins(bytes, at)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean begins(byte[] bytes, int at) {
    Inflater inflater = new Inflater();
    try {
      byte[] start = new byte[BEGINNING.length];
      inflater.setInput(bytes, at, Math.min(PROBE, bytes.length - at));
      return inflater.inflate(start) == start.length && Arrays.equals(start, BEGINNING);
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  /** Whether this follows the first byte of zlib's data: whichever level, no dictionary. */
  private static boolean isHeader(byte second) {
    return second == 0x01 || second == 0x5e || second == (byte) 0x9c || second == (byte) 0xda;
  }

  /** Null where the data are damaged, cut off or too long. */
  private static byte @Nullable [] inflated(byte[] bytes, int at, int length, int limit) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, at, length);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] buffer = new byte[8_192];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 || all.size() + count > limit) {
          return null;
        }
        all.write(buffer, 0, count);
      }
      return all.toByteArray();
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }
}
