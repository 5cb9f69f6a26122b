package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of its own with {@code .rego} sources in it, and what of the library they may import,
 * for {@code opa} to work in. Gone when closed.
 */
final class RegoStage implements AutoCloseable {
  private static final String SHIPPED = "/tare/policies/rego/";
  private static final String SCHEMA = "/tare/schemas/image.schema.json";
  private static final List<String> LIBRARY =
      List.of(
          "main/main.rego",
          "lib/bases/bases.rego",
          "lib/dates/dates.rego",
          "lib/facts/facts.rego",
          "lib/history/history.rego",
          "lib/leftovers/leftovers.rego",
          "lib/secrets/secrets.rego",
          "lib/settings/settings.rego",
          "lib/text/text.rego",
          "lib/tools/tools.rego",
          "lib/users/users.rego",
          "lib/vulnerabilities/vulnerabilities.rego");
  private final String what;
  private final OpaProgram opa;
  private final Path directory;
  private final Path sources;
  private final Set<String> checks = new TreeSet<>();
  private boolean own;

  private RegoStage(String what) throws IOException {
    this.what = what;
    this.opa = new OpaProgram(what);
    this.directory = Files.createTempDirectory("tare-rego");
    this.sources = Files.createDirectory(directory.resolve("sources"));
  }

  /**
   * Lays out these files, and the library beside them where they hold rules of its form.
   *
   * @param what the sources are called in errors
   * @throws TareException of kind USAGE where there is no {@code opa}, or a file is no Rego
   */
  static RegoStage of(String what, Map<String, byte[]> files) {
    try {
      RegoStage stage = new RegoStage(what);
      try {
        stage.lay(files);
      } catch (IOException | RuntimeException e) {
        stage.close();
        throw e;
      }
      return stage;
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "compile " + what + ": " + e.getMessage(), null, e);
    }
  }

  private void lay(Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
    }
    for (String file : new TreeSet<>(files.keySet())) {
      if (file.endsWith(".rego") && !file.endsWith("_test.rego")) {
        JsonNode tree = parsed(file);
        String path = packageOf(tree);
        own |= path.startsWith("tare.rules.");
        if (!path.startsWith("tare.")) {
          ruleNames(tree).stream()
              .filter(ConftestRules::isRule)
              .forEach(rule -> checks.add(path.replace('.', '/') + "/" + rule));
        }
      }
    }
    if (own) {
      for (String file : LIBRARY) {
        if (!files.containsKey("tare/" + file) || file.startsWith("main")) {
          write("tare/" + file, shipped(SHIPPED + file));
        }
      }
    }
    Files.write(directory.resolve("capabilities.json"), shipped(SHIPPED + "capabilities.json"));
    Files.write(directory.resolve("image.schema.json"), OpaSchema.of(shipped(SCHEMA)));
  }

  /** The tree of a source; where there is none, the error in words, which only a check has. */
  private JsonNode parsed(String file) {
    OpaProgram.Answer tree = answer("parse", "-f", "json", file);
    if (tree.status() == 0) {
      return JsonMapper.shared().readTree(tree.text());
    }
    OpaProgram.Answer error = answer("check", file);
    throw answer("parse", "--v0-compatible", file).status() == 0
        ? opa.refused(
            error,
            "This is Rego v0, and rules are read as v1: opa fmt --v0-v1 --write "
                + file
                + " rewrites it.")
        : opa.failed(error);
  }

  /**
   * Checks the types of the sources: a field of the facts that does not exist would be undefined on
   * every image, and the rule would never fail.
   *
   * @param options more of {@code opa check}
   */
  void check(String... options) {
    List<String> command = new ArrayList<>(List.of("check"));
    command.addAll(List.of(options));
    command.addAll(List.of("--schema", "../image.schema.json"));
    command.addAll(List.of("--capabilities", "../capabilities.json", "."));
    run(command.toArray(String[]::new));
  }

  /** Whether there are rules of the library's form. */
  boolean own() {
    return own;
  }

  /** The rules of Conftest's form, as entrypoints: {@code main/deny}. */
  Set<String> checks() {
    return checks;
  }

  /** Runs {@code opa} among the sources; capabilities and schema lie one folder above. */
  String run(String... arguments) {
    return opa.run(sources, arguments);
  }

  /** The same, where failing is an answer. */
  OpaProgram.Answer answer(String... arguments) {
    return opa.answer(sources, arguments);
  }

  /** A file that {@code opa} wrote one folder above the sources. */
  InputStream written(String file) throws IOException {
    return Files.newInputStream(directory.resolve(file));
  }

  /** Adds a source. */
  void write(String file, byte[] content) throws IOException {
    Path target = sources.resolve(file).normalize();
    if (!target.startsWith(sources)) {
      throw new TareException(
          FailureKind.USAGE,
          "compile " + what + ": file name " + file + " leads out of the bundle",
          "Use names without '..'.");
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(target, content);
  }

  private static String packageOf(JsonNode tree) {
    return tree.path("package")
        .path("path")
        .valueStream()
        .skip(1)
        .map(term -> term.path("value").asString(""))
        .collect(Collectors.joining("."));
  }

  private static Set<String> ruleNames(JsonNode tree) {
    Set<String> names = new TreeSet<>();
    tree.path("rules")
        .forEach(rule -> {
          JsonNode head = rule.path("head");
          String first = head.path("ref").path(0).path("value").asString("");
          names.add(first.isEmpty() ? head.path("name").asString("") : first);
        });
    return names;
  }

  private static byte[] shipped(String file) throws IOException {
    try (InputStream stream = RegoStage.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new TareException(FailureKind.INTERNAL, "read shipped " + file + ": not in the jar");
      }
      return stream.readAllBytes();
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
