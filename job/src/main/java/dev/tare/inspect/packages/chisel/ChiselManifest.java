package dev.tare.inspect.packages.chisel;

import com.github.luben.zstd.ZstdInputStream;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.packages.reader.ProgramDirectories;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Canonical's chisel cut out of which package: {@code var/lib/chisel/manifest.wall}, lines of
 * JSON compressed by zstd.
 *
 * <pre>
 * {"jsonwall":"1.0","schema":"1.0","count":3}
 * {"kind":"package","name":"libc6","version":"2.39-0ubuntu8","sha256":"…","arch":"amd64"}
 * {"kind":"path","path":"/usr/bin/hello","mode":"0755","slices":["hello_bins"],"size":26856}
 * </pre>
 *
 * @see <a href="https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/">Chisel
 *     manifest</a>
 */
public final class ChiselManifest {
  public static final String PATH = "var/lib/chisel/manifest.wall";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long LARGEST = 64L << 20;
  private static final int LONGEST_LINE = 1 << 20;

  private ChiselManifest() {}

  /** Reduces a manifest to {@link PackageText}. */
  public static byte[] reduce(byte[] content) {
    Map<String, PackageRecord> packages = new LinkedHashMap<>();
    Map<String, Set<String>> files = new LinkedHashMap<>();
    PackageText text = new PackageText();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new ZstdInputStream(new ByteArrayInputStream(content)), StandardCharsets.UTF_8))) {
      long length = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        length += line.length() + 1L;
        if (length > LARGEST || line.length() > LONGEST_LINE) {
          text.addFailure("more text than the limit of " + LARGEST + " (bytes)");
          break;
        }
        take(JSON.readTree(line), packages, files);
      }
    } catch (IOException | JacksonException e) {
      text.addFailure("no manifest of chisel: " + e.getMessage());
    }
    packages.forEach((name, item) -> {
      text.add(item);
      files.getOrDefault(name, new TreeSet<>()).forEach(text::addFile);
    });
    return text.toBytes();
  }

  private static void take(
      JsonNode line, Map<String, PackageRecord> packages, Map<String, Set<String>> files) {
    String kind = line.path("kind").asString("");
    if (kind.equals("package")) {
      String name = line.path("name").asString("");
      String version = line.path("version").asString("");
      String architecture = line.path("arch").asString("");
      if (!name.isEmpty() && !version.isEmpty()) {
        packages.put(
            name,
            new PackageRecord(
                "deb", name, version, architecture.isEmpty() ? null : architecture, null, null));
      }
    } else if (kind.equals("path")) {
      String path = line.path("path").asString("");
      if (ProgramDirectories.mayHold(path) && !path.endsWith("/")) {
        for (JsonNode slice : line.path("slices")) {
          String owner = slice.asString("");
          int underscore = owner.indexOf('_');
          if (underscore > 0) {
            files
                .computeIfAbsent(owner.substring(0, underscore), key -> new TreeSet<>())
                .add(path.substring(path.startsWith("/") ? 1 : 0));
          }
        }
      }
    }
  }
}
