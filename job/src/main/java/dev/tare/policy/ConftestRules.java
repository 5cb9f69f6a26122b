package dev.tare.policy;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of Conftest's form: {@code deny}, {@code violation} and {@code warn}, each with a suffix or
 * without ({@code deny_root}), of any package. Each is one rule, and in a compiled module one
 * entrypoint, which gives a set of messages.
 *
 * @see <a href="https://www.conftest.dev/#evaluating-policies">Conftest, evaluating policies</a>
 */
final class ConftestRules {
  private static final Pattern NAME = Pattern.compile("(deny|violation|warn)(_[a-zA-Z0-9]+)*");

  private ConftestRules() {}

  /** Whether a rule of this name gives messages. */
  static boolean isRule(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * What {@code rules.json} would say of a module that {@code opa build -t wasm} compiled from such
   * sources.
   *
   * @param bundle its name, with which the rules' identifiers begin
   * @param manifest as {@code opa build} writes it: {@code {"wasm": [{"entrypoint": "main/deny",
   *     "annotations": […]}]}}
   * @return one element for each entrypoint of Conftest's form, none where there is none
   */
  static ArrayNode of(String bundle, JsonNode manifest) {
    ArrayNode rules = JsonMapper.shared().createArrayNode();
    for (JsonNode module : manifest.path("wasm")) {
      String entrypoint = module.path("entrypoint").asString("");
      Matcher name = NAME.matcher(entrypoint.substring(entrypoint.lastIndexOf('/') + 1));
      if (name.matches()) {
        describe(rules.addObject(), bundle, entrypoint, name.group(1), module.path("annotations"));
      }
    }
    return rules;
  }

  private static void describe(
      ObjectNode rule, String bundle, String entrypoint, String form, JsonNode annotations) {
    String path = entrypoint.substring(0, Math.max(0, entrypoint.lastIndexOf('/')));
    rule.put("id", id(bundle + "-" + entrypoint))
        .put(
            "title",
            "Rule "
                + entrypoint.substring(entrypoint.lastIndexOf('/') + 1)
                + " of package "
                + path.replace('/', '.'))
        .put("severity", form.equals("warn") ? "low" : "high")
        .put("entrypoint", entrypoint);
    annotations.valueStream().findFirst().ifPresent(metadata -> RuleDocs.describe(rule, metadata));
  }

  private static String id(String words) {
    return words.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "-");
  }
}
