package dev.tare.policy;

import dev.tare.testing.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Compiles a bundle from a few rules and the library's entrypoint; skips the test without opa. */
final class RegoBundle {
  private final Path directory;
  private final List<String> docs = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();

  private RegoBundle(Path directory) {
    this.directory = directory;
  }

  static RegoBundle in(Path directory) {
    try {
      Path sources = Files.createDirectories(directory.resolve("rego"));
      for (String source :
          List.of("main/main.rego", "lib/facts/facts.rego", "lib/settings/settings.rego")) {
        Path target = sources.resolve("tare").resolve(source);
        Files.createDirectories(target.resolve(".."));
        Files.copy(
            Examples.policies().resolve("tare").resolve(source),
            target,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RegoBundle(directory);
  }

  RegoBundle rule(String id, String severity, String body) {
    String name = id.toLowerCase(Locale.ROOT).replace('-', '_');
    write(
        directory.resolve("rego/" + name + ".rego"),
        "package tare.rules.acme." + name + "\n\nid := \"" + id + "\"\n\n" + body + "\n");
    return declare(id, severity);
  }

  RegoBundle declare(String id, String severity) {
    docs.add("{\"id\": \"%s\", \"severity\": \"%s\"}".formatted(id, severity));
    return this;
  }

  RegoBundle settings(String id, String json) {
    settings.add("\"%s\": %s".formatted(id, json));
    return this;
  }

  /** The directory of the compiled bundle. */
  Path build() {
    Path sources = directory.resolve("rego");
    write(
        Examples.directory(sources.resolve("tare/settings")).resolve("data.json"),
        "{\"defaults\": {\"rules\": {" + String.join(", ", settings) + "}}}");
    Path built = directory.resolve("built.tar.gz");
    opa(
        "build",
        "-t",
        "wasm",
        "-e",
        "tare/main/report",
        "-b",
        sources.toString(),
        "-o",
        built.toString());
    Path bundle = Examples.directory(directory.resolve("acme"));
    try (InputStream file = Files.newInputStream(built);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().matches("/(policy\\.wasm|data\\.json)")) {
          Files.copy(
              tar,
              bundle.resolve(entry.getName().substring(1)),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(bundle.resolve("rules.json"), "[" + String.join(", ", docs) + "]");
    return bundle;
  }

  static Path pack(Path bundle, Path target) throws IOException {
    try (OutputStream file = Files.newOutputStream(target);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      for (String name : List.of("policy.wasm", "data.json", "rules.json")) {
        TarArchiveEntry entry = new TarArchiveEntry("/" + name, true);
        entry.setSize(Files.size(bundle.resolve(name)));
        tar.putArchiveEntry(entry);
        Files.copy(bundle.resolve(name), tar);
        tar.closeArchiveEntry();
      }
    }
    return target;
  }

  private static void opa(String... arguments) {
    List<String> command = new ArrayList<>(List.of("opa"));
    command.addAll(List.of(arguments));
    Programs.run(command.toArray(String[]::new));
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
