package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
  private static final Map<String, String> CONFTEST =
      Map.of("deny", "high", "violation", "high", "warn", "low");

  private final String what;
  private final String name;

  /** A compiler for one bundle; {@code what} names it in errors, {@code name} in identifiers. */
  RegoCompiler(String what, String name) {
    this.what = what;
    this.name = name;
  }

  /**
   * The files of the compiled bundle.
   *
   * @throws TareException of kind USAGE where there is no {@code opa}, or it does not accept the
   *     sources; the message holds the place and the built-in function that is missing
   */
  Map<String, byte[]> compile(Map<String, byte[]> files) {
    try (RegoStage stage = RegoStage.of(what, files)) {
      Map<String, byte[]> built = compile(stage);
      byte[] manifest = files.get(".manifest");
      if (manifest != null) {
        built.put(".manifest", manifest);
      }
      return built;
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT, "compile " + what + ": " + e.getMessage(), null, e);
    }
  }

  private Map<String, byte[]> compile(RegoStage stage) throws IOException {
    ArrayNode rules = JsonMapper.shared().createArrayNode();
    if (stage.own()) {
      documented(
          JsonMapper.shared().readTree(stage.run("inspect", "--annotations", "-f", "json", ".")),
          rules);
    }
    if (!stage.checks().isEmpty()) {
      if (stage.own()) {
        throw refused("it holds rules of Tare's form and of Conftest's", "Make two bundles of it.");
      }
      stage.write("tare/main/main.rego", wrapper(stage.checks()).getBytes(StandardCharsets.UTF_8));
      stage.checks().forEach(check -> document(check, rules));
    }
    if (rules.isEmpty()) {
      throw refused(
          "no rule was found",
          "Write packages tare.rules.THEME.NAME with METADATA, or deny, violation and warn as"
              + " Conftest has them.");
    }
    stage.run(
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
    try (InputStream archive = stage.written("built.tar.gz")) {
      built.putAll(BundleReader.unpacked(what, archive));
    }
    built.keySet().retainAll(Set.of("policy.wasm", "data.json"));
    built.put("rules.json", JsonMapper.shared().writeValueAsBytes(rules));
    return built;
  }

  private String idOf(RegoStage.Check check) {
    return (name + "-" + check.path().replace('.', '-') + "-" + check.rule())
        .toUpperCase(Locale.ROOT)
        .replaceAll("[^A-Z0-9-]", "-");
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

  private void document(RegoStage.Check check, ArrayNode rules) {
    rules
        .addObject()
        .put("id", idOf(check))
        .put("title", "Rule " + check.rule() + " of package " + check.path())
        .put("severity", CONFTEST.getOrDefault(check.rule(), "high"));
  }

  /** The entrypoint over rules that give messages: texts, or objects with a {@code msg}. */
  private String wrapper(Set<RegoStage.Check> checks) {
    String judged =
        checks.stream()
            .map(check ->
                """
                outcomes contains outcome("%s", [m | some m in data.%s.%s]) if enabled("%s")
                """
                    .formatted(idOf(check), check.path(), check.rule(), idOf(check)))
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
}
