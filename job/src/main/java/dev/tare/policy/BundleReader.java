package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.RuleDoc;
import dev.tare.http.FileAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
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
  private static final int MAX_DEPTH = 16;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BundleReader() {}

  /**
   * Reads a bundle from wherever it is: a directory or file, or what the fetcher knows to bring.
   */
  static Bundle read(String location, BundleFetcher fetcher) {
    if (!location.contains("://")) {
      return read(Path.of(location));
    }
    String what = "policy bundle " + FileAddress.shown(location);
    String name =
        name(Path.of(location.replaceFirst("^[^:]*://", "").replaceFirst("[?#@].*$", "")));
    try {
      Map<String, byte[]> files = fetcher.fetch(location);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (file.getKey().matches(".*\\.(tar\\.gz|tgz)")) {
          return archive(what, name, new ByteArrayInputStream(file.getValue()));
        }
      }
      return bundle(what, name, files);
    } catch (IOException e) {
      throw unreadable(what, e);
    }
  }

  private static TareException unreadable(String what, IOException e) {
    return new TareException(
        FailureKind.USAGE,
        "open " + what + ": " + e.getMessage(),
        "Give a .tar.gz or a directory that opa build -t wasm made, or .rego sources.",
        e);
  }

  /** Reads a bundle from a directory or a file. */
  static Bundle read(Path location) {
    String what = "policy bundle " + location;
    if (!Files.exists(location)) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": no such file or directory",
          "Give a .tar.gz or a directory that opa build -t wasm made, or .rego sources.");
    }
    try {
      if (location.toString().endsWith(".rego") || Files.isDirectory(location)) {
        return bundle(what, name(location), files(what, location, BundleReader::isWanted));
      }
      try (InputStream in = Files.newInputStream(location)) {
        return archive(what, name(location), in);
      }
    } catch (IOException e) {
      throw unreadable(what, e);
    }
  }

  /** Reads a bundle from the bytes of a {@code .tar.gz}. */
  static Bundle archive(String what, String name, InputStream content) throws IOException {
    return bundle(what, name, unpacked(what, content));
  }

  /** The files of a {@code .tar.gz} that matter. */
  static Map<String, byte[]> unpacked(String what, InputStream content) throws IOException {
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
        if (entry.isFile() && isWanted(path)) {
          files.put(path, bounded(what, path, tar));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return files;
  }

  private static boolean isWanted(String path) {
    return WANTED.contains(path.substring(path.lastIndexOf('/') + 1)) || isSource(path);
  }

  /**
   * The files below the folder that holds the module: somebody may have packed or pushed the folder
   * instead of what is in it.
   */
  private static Map<String, byte[]> rooted(Map<String, byte[]> files) {
    List<String> modules = files.keySet().stream().filter(p -> p.endsWith("/policy.wasm")).toList();
    if (files.containsKey("policy.wasm") || modules.size() != 1) {
      return files;
    }
    String folder = modules.getFirst().substring(0, modules.getFirst().lastIndexOf('/') + 1);
    Map<String, byte[]> below = new TreeMap<>();
    files.forEach((path, content) -> {
      if (path.startsWith(folder)) {
        below.put(path.substring(folder.length()), content);
      }
    });
    return below;
  }

  private static boolean isSource(String path) {
    return (path.endsWith(".rego") && !path.endsWith("_test.rego")) || path.endsWith("data.json");
  }

  /** Whether there are {@code .rego} sources and no compiled module. */
  static boolean holdsSources(Path location) {
    if (location.toString().endsWith(".rego")) {
      return Files.isRegularFile(location);
    }
    if (!Files.isDirectory(location)) {
      return false;
    }
    try (Stream<Path> tree = Files.walk(location, MAX_DEPTH)) {
      List<String> files = tree.limit(MAX_ENTRIES).map(Path::toString).toList();
      return files.stream().anyMatch(file -> file.endsWith(".rego"))
          && files.stream().noneMatch(file -> file.endsWith("policy.wasm"));
    } catch (IOException e) {
      throw unreadable("policy bundle " + location, e);
    }
  }

  /** The sources of a directory or a file, with their tests or without. */
  static Map<String, byte[]> sources(Path location, boolean withTests) {
    String what = "policy bundle " + location;
    try {
      return files(
          what, location, path -> isWanted(path) || (withTests && path.endsWith("_test.rego")));
    } catch (IOException e) {
      throw unreadable(what, e);
    }
  }

  private static Map<String, byte[]> files(String what, Path location, Predicate<String> wanted)
      throws IOException {
    if (!Files.isDirectory(location)) {
      String file = String.valueOf(location.getFileName());
      try (InputStream in = Files.newInputStream(location)) {
        return Map.of(file, bounded(what, file, in));
      }
    }
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(location, MAX_DEPTH)) {
      for (Path file : tree.filter(Files::isRegularFile).limit(MAX_ENTRIES).toList()) {
        String path = location.relativize(file).toString().replace('\\', '/');
        if (wanted.test(path)) {
          try (InputStream in = Files.newInputStream(file)) {
            files.put(path, bounded(what, path, in));
          }
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

  private static Bundle bundle(String what, String name, Map<String, byte[]> read) {
    Map<String, byte[]> given = rooted(read);
    Map<String, byte[]> files = given;
    if (!given.containsKey("policy.wasm")
        && given.keySet().stream().anyMatch(path -> path.endsWith(".rego"))) {
      files = new TreeMap<>(new RegoCompiler(what, name).compile(given));
    }
    byte[] wasm = files.get("policy.wasm");
    if (wasm == null) {
      throw new TareException(
          FailureKind.USAGE,
          "open " + what + ": it has no policy.wasm",
          "Compile it with opa build -t wasm -e tare/main/report.");
    }
    JsonNode data = json(what, "data.json", files.get("data.json"));
    JsonNode manifest = json(what, ".manifest", files.get(".manifest"));
    byte[] described = files.get("rules.json");
    JsonNode rules =
        described == null ? ConftestRules.of(name, manifest) : json(what, "rules.json", described);
    if (described == null && rules.isEmpty()) {
      throw new TareException(
          FailureKind.USAGE,
          "open "
              + what
              + ": it has no rules.json, and no .manifest that names deny, violation or warn, so its"
              + " rules are unknown",
          "Add a rules.json with id, title and severity of each rule; docs/policies.md shows one.");
    }
    JsonNode metadata = manifest.path("metadata");
    List<String> input = RuleDocs.texts(metadata.path("input"));
    List<RuleDoc> docs = RuleDocs.read(what, rules);
    return new Bundle(
        name,
        manifest.path("revision").asString(""),
        digest(given),
        wasm,
        data,
        input,
        fields(metadata.path("fields")),
        TimedRules.of(metadata.path("timed"), input, docs),
        RuleDocs.entrypoints(what, rules),
        docs);
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
    new TreeMap<>(files)
        .forEach((path, content) -> {
          digest.update((path + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    return "sha256:" + HexFormat.of().formatHex(digest.digest());
  }

  /** What a bundle of this place is called. */
  static String name(Path location) {
    Path last = location.toAbsolutePath().normalize().getFileName();
    return last == null
        ? "bundle"
        : last.toString().replaceFirst("(:[^:/]*|\\.(tar\\.gz|tgz|rego))$", "");
  }
}
