package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Compiles {@code .rego} sources to the files of a bundle, with the {@code opa} on the {@code
 * PATH}. Rules are those of the library's form (packages {@code tare.rules.THEME.NAME} with an
 * {@code id}), and those of Conftest's: {@code deny}, {@code violation} and {@code warn} of any
 * other package, each judged as one rule.
 */
final class RegoCompiler {
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
   *     sources; the message holds the place, and the built-in function or the field of the facts
   *     that does not exist
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
    if (stage.own() && !stage.checks().isEmpty()) {
      throw refused("it holds rules of Tare's form and of Conftest's", "Make two bundles of it.");
    }
    stage.check();
    Map<String, byte[]> built =
        built(stage, stage.own() ? Set.of(BundleJudge.ENTRYPOINT) : stage.checks());
    byte[] manifest = built.remove(".manifest");
    ArrayNode rules =
        stage.own()
            ? documented(stage)
            : ConftestRules.of(name, JsonMapper.shared().readTree(manifest));
    if (rules.isEmpty()) {
      throw none();
    }
    built.put("rules.json", JsonMapper.shared().writeValueAsBytes(rules));
    return built;
  }

  /** The module, its data, and the manifest that tells its entrypoints. */
  private Map<String, byte[]> built(RegoStage stage, Set<String> entrypoints) throws IOException {
    if (entrypoints.isEmpty()) {
      throw none();
    }
    List<String> command = new ArrayList<>(List.of("build", "-t", "wasm"));
    entrypoints.forEach(entrypoint -> command.addAll(List.of("-e", entrypoint)));
    command.addAll(List.of("--capabilities", "../capabilities.json"));
    command.addAll(List.of("--ignore", "*_test.rego", "-o", "../built.tar.gz", "."));
    stage.run(command.toArray(String[]::new));
    try (InputStream archive = stage.written("built.tar.gz")) {
      Map<String, byte[]> built = BundleReader.unpacked(what, archive);
      built.keySet().retainAll(Set.of("policy.wasm", "data.json", ".manifest"));
      return built;
    }
  }

  /** The rules as their METADATA describes them. */
  private static ArrayNode documented(RegoStage stage) {
    ArrayNode rules = JsonMapper.shared().createArrayNode();
    JsonNode inspected =
        JsonMapper.shared().readTree(stage.run("inspect", "--annotations", "-f", "json", "."));
    for (JsonNode entry : inspected.path("annotations")) {
      JsonNode annotations = entry.path("annotations");
      if (annotations.path("scope").asString("").equals("package")
          && annotations.path("custom").has("id")) {
        RuleDocs.describe(rules.addObject(), annotations);
      }
    }
    return rules;
  }

  private TareException none() {
    return refused(
        "no rule was found",
        "Write packages tare.rules.THEME.NAME with METADATA, or deny, violation and warn as"
            + " Conftest has them.");
  }

  private TareException refused(String why, String hint) {
    return new TareException(FailureKind.USAGE, "compile " + what + ": " + why, hint);
  }
}
