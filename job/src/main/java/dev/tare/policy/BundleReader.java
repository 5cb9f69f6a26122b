package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a compiled bundle, a directory or a {@code .tar.gz} with {@code policy.wasm}, {@code
 * data.json}, {@code rules.json} and {@code .manifest} at its root.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format">Bundle
 *     file format</a>
 */
final class BundleReader {
  private static final Set<String> WANTED =
      Set.of(".manifest", "data.json", "policy.wasm", "rules.json");

  /** Bundles come from people, not from images; still, a wrong file must not fill the memory. */
  private static final int MAX_FILE_BYTES = 64 << 20;

  private static final int MAX_ENTRIES = 10_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BundleReader() {}

  /** Reads a bundle from a directory or a file. */
  static Bundle read(Path location) {
    String what = "policy bundle " + location;
    if (!Files.exists(location)) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": no such file or directory",
          "Give a .tar.gz or a directory that opa build -t wasm made.");
    }
    try {
      if (Files.isDirectory(location)) {
        return bundle(what, name(location), directory(what, location));
      }
      try (InputStream in = Files.newInputStream(location)) {
        return archive(what, name(location), in);
      }
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": " + e.getMessage(),
          "Give a .tar.gz or a directory that opa build -t wasm made.",
          e);
    }
  }

  /** Reads a bundle from the bytes of a {@code .tar.gz}. */
  static Bundle archive(String what, String name, InputStream content) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(content)))) {
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > MAX_ENTRIES) {
          throw new TareException(
              FailureKind.LIMIT, "open " + what + ": more than " + MAX_ENTRIES + " entries");
        }
        String path = entry.getName().replaceFirst("^(\\./)?/*", "");
        if (entry.isFile() && WANTED.contains(path)) {
          files.put(path, bounded(what, path, tar));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return bundle(what, name, files);
  }

  private static Map<String, byte[]> directory(String what, Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String path : WANTED) {
      Path file = directory.resolve(path);
      if (Files.isRegularFile(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          files.put(path, bounded(what, path, in));
        }
      }
    }
    return files;
  }

  private static byte[] bounded(String what, String path, InputStream in) throws IOException {
    byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
    if (content.length > MAX_FILE_BYTES) {
      throw new TareException(
          FailureKind.LIMIT,
          "open " + what + ": " + path + " exceeds " + (MAX_FILE_BYTES >> 20) + " MiB");
    }
    return content;
  }

  private static Bundle bundle(String what, String name, Map<String, byte[]> files) {
    byte[] wasm = files.get("policy.wasm");
    if (wasm == null) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": it has no policy.wasm",
          "Compile it with opa build -t wasm -e tare/main/report.");
    }
    byte[] rules = files.get("rules.json");
    if (rules == null) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": it has no rules.json, so its rules are unknown",
          "Add a rules.json with id, title and severity of each rule; docs/policies.md shows one.");
    }
    JsonNode data = json(what, "data.json", files.get("data.json"));
    JsonNode manifest = json(what, ".manifest", files.get(".manifest"));
    return new Bundle(
        name,
        manifest.path("revision").asString(""),
        digest(files),
        wasm,
        data,
        RuleDocs.texts(manifest.path("metadata").path("input")),
        fields(manifest.path("metadata").path("fields")),
        RuleDocs.read(what, json(what, "rules.json", rules)));
  }

  private static Map<String, List<String>> fields(JsonNode object) {
    Map<String, List<String>> fields = new TreeMap<>();
    object
        .properties()
        .forEach(entry -> fields.put(entry.getKey(), RuleDocs.texts(entry.getValue())));
    return fields;
  }

  private static JsonNode json(String what, String path, byte @Nullable [] content) {
    if (content == null) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(content);
    } catch (JacksonException e) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": " + path + " is not JSON: " + e.getOriginalMessage(),
          null,
          e);
    }
  }

  /** Of paths and contents, so that the same bundle has one digest, packed or not. */
  private static String digest(Map<String, byte[]> files) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    files.forEach((path, content) -> {
      digest.update((path + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(content);
    });
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  private static String name(Path location) {
    Path last = location.toAbsolutePath().normalize().getFileName();
    return last == null ? "bundle" : last.toString().replaceFirst("\\.(tar\\.gz|tgz)$", "");
  }
}
