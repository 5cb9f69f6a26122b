package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compiles {@code .rego} sources to the files of a bundle, with the {@code opa} on the {@code
 * PATH}. Rules are those of the library's form (packages {@code tare.rules.THEME.NAME} with an
 * {@code id}), and those of Conftest's: {@code deny}, {@code violation} and {@code warn} of any
 * other package, each judged as one rule.
 */
final class RegoCompiler {
  private static final String SHIPPED = "/tare/policies/rego/";
  private static final List<String> LIBRARY =
      List.of(
          "main/main.rego",
          "lib/bases.rego",
          "lib/dates.rego",
          "lib/facts.rego",
          "lib/history.rego",
          "lib/leftovers.rego",
          "lib/secrets.rego",
          "lib/settings.rego",
          "lib/text.rego",
          "lib/tools.rego",
          "lib/users.rego",
          "lib/vulnerabilities.rego");
  private static final Map<String, String> CONFTEST =
      Map.of("deny", "high", "violation", "high", "warn", "low");

  private final String what;
  private final String name;
  private final OpaProgram opa;

  /** A compiler for one bundle; {@code what} names it in errors, {@code name} in identifiers. */
  RegoCompiler(String what, String name) {
    this.what = what;
    this.name = name;
    this.opa = new OpaProgram(what);
  }

  /** A rule of Conftest's form. */
  private record Check(String path, String rule) {
    String id(String bundle) {
      return (bundle + "-" + path.replace('.', '-') + "-" + rule)
          .toUpperCase(java.util.Locale.ROOT)
          .replaceAll("[^A-Z0-9-]", "-");
    }
  }

  /**
   * The files of the compiled bundle.
   *
   * @throws TareException of kind USAGE where there is no {@code opa}, or it does not accept the
   *     sources; the message holds the place and the built-in function that is missing
   */
  Map<String, byte[]> compile(Map<String, byte[]> files) {
    Path directory = temporary();
    try {
      return compile(files, directory);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "compile " + what + ": " + e.getMessage(), null, e);
    } finally {
      delete(directory);
    }
  }

  private Map<String, byte[]> compile(Map<String, byte[]> files, Path directory)
      throws IOException {
    Path sources = Files.createDirectory(directory.resolve("sources"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(sources, file.getKey(), file.getValue());
    }
    Set<Check> checks = new java.util.LinkedHashSet<>();
    boolean own = false;
    for (String file : new TreeSet<>(files.keySet())) {
      if (file.endsWith(".rego")) {
        JsonNode tree = JsonMapper.shared().readTree(opa.run(sources, "parse", "-f", "json", file));
        String path = packageOf(tree);
        own |= path.startsWith("tare.rules.");
        if (!path.startsWith("tare.")) {
          ruleNames(tree).stream()
              .filter(CONFTEST::containsKey)
              .forEach(rule -> checks.add(new Check(path, rule)));
        }
      }
    }
    ArrayNode rules = JsonMapper.shared().createArrayNode();
    if (own) {
      for (String file : LIBRARY) {
        if (!files.containsKey("tare/" + file) || file.startsWith("main")) {
          write(sources, "tare/" + file, shipped(file));
        }
      }
      JsonNode inspected =
          JsonMapper.shared()
              .readTree(opa.run(sources, "inspect", "--annotations", "-f", "json", "."));
      documented(inspected, rules);
    }
    if (!checks.isEmpty()) {
      if (own) {
        throw refused("it holds rules of Tare's form and of Conftest's", "Make two bundles of it.");
      }
      write(sources, "tare/main/main.rego", wrapper(checks).getBytes(StandardCharsets.UTF_8));
      checks.forEach(check -> document(check, rules));
    }
    if (rules.isEmpty()) {
      throw refused(
          "no rule was found",
          "Write packages tare.rules.THEME.NAME with METADATA, or deny, violation and warn as"
              + " Conftest has them.");
    }
    write(directory, "capabilities.json", shipped("capabilities.json"));
    opa.run(
        sources,
        "build",
        "-t",
        "wasm",
        "-e",
        BundleJudge.ENTRYPOINT,
        "--capabilities",
        "../capabilities.json",
        "--ignore",
        "*_test.rego",
        "-o",
        "../built.tar.gz",
        ".");
    Map<String, byte[]> built = new TreeMap<>();
    try (InputStream archive = Files.newInputStream(directory.resolve("built.tar.gz"))) {
      built.putAll(BundleReader.unpacked(what, archive));
    }
    built.keySet().retainAll(Set.of("policy.wasm", "data.json"));
    built.put("rules.json", JsonMapper.shared().writeValueAsBytes(rules));
    return built;
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

  /** The rules as their METADATA describes them. */
  private void documented(JsonNode inspected, ArrayNode rules) {
    for (JsonNode entry : inspected.path("annotations")) {
      JsonNode annotations = entry.path("annotations");
      JsonNode custom = annotations.path("custom");
      if (annotations.path("scope").asString("").equals("package") && custom.has("id")) {
        ObjectNode rule = rules.addObject();
        List.of("id", "severity", "theme", "rationale", "remediation", "controls", "since")
            .forEach(key -> {
              if (custom.has(key)) {
                rule.set(key, custom.get(key));
              }
            });
        rule.put("title", annotations.path("title").asString(custom.path("id").asString("")));
        rule.put("description", annotations.path("description").asString("").strip());
        ArrayNode related = rule.putArray("relatedResources");
        annotations.path("related_resources").forEach(r -> related.add(r.path("ref").asString("")));
      }
    }
  }

  private void document(Check check, ArrayNode rules) {
    rules
        .addObject()
        .put("id", check.id(name))
        .put("title", "Rule " + check.rule() + " of package " + check.path())
        .put("severity", CONFTEST.getOrDefault(check.rule(), "high"));
  }

  /** The entrypoint over rules that give messages: texts, or objects with a {@code msg}. */
  private String wrapper(Set<Check> checks) {
    String judged =
        checks.stream()
            .map(check ->
                """
                outcomes contains outcome("%s", [m | some m in data.%s.%s]) if enabled("%s")
                """
                    .formatted(check.id(name), check.path(), check.rule(), check.id(name)))
            .collect(Collectors.joining("\n"));
    return """
    package tare.main

    report := {"outcomes": [o | some o in outcomes]}

    enabled(id) if object.get(data.tare.settings.defaults.rules, [id, "enabled"], true)

    %s
    outcome(id, messages) := {
      "rule": id,
      "outcome": "fail",
      "message": concat(" ", [text(m) | some m in array.slice(messages, 0, 5)]),
      "evidence": {"found": count(messages), "allowed": 0, "items": array.slice(messages, 0, 50)},
    } if count(messages) > 0

    outcome(id, []) := {"rule": id, "outcome": "pass", "message": "", "evidence": {}}

    text(m) := m if is_string(m)

    text(m) := sprintf("%%v", [m.msg]) if m.msg

    text(m) := json.marshal(m) if {
      not is_string(m)
      not m.msg
    }
    """
        .formatted(judged);
  }

  private TareException refused(String why, String hint) {
    return new TareException(FailureKind.USAGE, "compile " + what + ": " + why, hint);
  }

  private static byte[] shipped(String file) {
    try (InputStream stream = RegoCompiler.class.getResourceAsStream(SHIPPED + file)) {
      if (stream == null) {
        throw new TareException(FailureKind.INTERNAL, "read shipped " + file + ": not in the jar");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path directory, String file, byte[] content) throws IOException {
    Path target = directory.resolve(file).normalize();
    if (!target.startsWith(directory)) {
      throw refused("file name " + file + " leads out of the bundle", "Use names without '..'.");
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.write(target, content);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("tare-rego");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
