package dev.tare.inspect.packages.go;

import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a Go program, built by Go 1.18 or later, says it was built of. Go writes it at the beginning
 * of the writable data, aligned to 16 bytes:
 *
 * <pre>
 * "\xff Go buildinf:" · bytes of a pointer (1) · flags (1), 2: the texts follow · (16)
 * length (varint) · version of Go · length (varint) · 16 bytes · modules · 16 bytes
 *
 * mod · example.org/cmd · v1.2.3 · h1:…
 * dep · example.org/lib · v0.4.0 · h1:…
 * =&gt; · example.org/fork · v0.4.1 · h1:…
 * dep · example.org/own · v0.1.0
 * =&gt; · ./own · (devel)
 * </pre>
 *
 * <p>A module that a directory replaces is not the one of that version, and is left out.
 *
 * @param goVersion {@code 1.22.3}
 * @param modules lines as above
 * @see <a href="https://pkg.go.dev/debug/buildinfo">debug/buildinfo</a>
 */
public record GoBuildInfo(String goVersion, String modules) {
  private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);

  /** Of the place in the file. */
  public static final int ALIGNMENT = 16;

  private static final int HEADER = 32;
  private static final int INLINE = 2;
  private static final int GUARD = 16;

  /** Looks at every aligned place; null where there is none. */
  public static @Nullable GoBuildInfo find(byte[] data) {
    for (int at = 0; at + HEADER < data.length; at += ALIGNMENT) {
      if (standsAt(data, at)) {
        GoBuildInfo info = parse(data, at);
        if (info != null) {
          return info;
        }
      }
    }
    return null;
  }

  /** Whether it may begin at this place; there are 16 bytes or more from there. */
  static boolean standsAt(byte[] data, int at) {
    return data[at] == MAGIC[0]
        && Arrays.equals(data, at, at + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private static @Nullable GoBuildInfo parse(byte[] data, int at) {
    if ((data[at + 15] & INLINE) == 0) {
      return null; // Before Go 1.18 the texts stand elsewhere.
    }
    int[] place = {at + HEADER};
    byte[] version = text(data, place);
    byte[] modules = version == null ? null : text(data, place);
    if (version == null || modules == null) {
      return null;
    }
    String go = new String(version, StandardCharsets.UTF_8);
    boolean guarded = modules.length > 2 * GUARD;
    return new GoBuildInfo(
        go.startsWith("go") ? go.substring(2) : go,
        guarded
            ? new String(modules, GUARD, modules.length - 2 * GUARD, StandardCharsets.UTF_8)
            : "");
  }

  private static byte @Nullable [] text(byte[] data, int[] place) {
    long length = 0;
    int at = place[0];
    for (int shift = 0; ; shift += 7) {
      if (at >= data.length || shift > 28) {
        return null;
      }
      int octet = data[at++];
      length |= (long) (octet & 0x7f) << shift;
      if (octet >= 0) {
        break;
      }
    }
    if (at + length > data.length) {
      return null;
    }
    place[0] = at + (int) length;
    return Arrays.copyOfRange(data, at, place[0]);
  }

  /** Adds the standard library, the main module where it has a version, and all it needs. */
  public void addTo(PackageText text) {
    String release = goVersion.split(" ", 2)[0];
    if (!release.isEmpty()) {
      text.add(module("stdlib", release));
    }
    PackageRecord last = null;
    for (String line : modules.lines().toList()) {
      String[] fields = line.split("\t", -1);
      boolean named = fields.length >= 3 && !fields[1].isEmpty() && isVersion(fields[2]);
      switch (fields[0]) {
        case "=>" -> last = named ? module(fields[1], fields[2]) : null; // null: by a directory
        case "mod", "dep" -> {
          if (last != null) {
            text.add(last);
          }
          last = named ? module(fields[1], fields[2]) : null;
        }
        default -> {
          // path and build: how, not of what.
        }
      }
    }
    if (last != null) {
      text.add(last);
    }
  }

  private static boolean isVersion(String version) {
    return !version.isEmpty() && !version.equals("(devel)");
  }

  private static PackageRecord module(String path, String version) {
    return new PackageRecord("golang", path, version, null, null, null);
  }
}
