package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.RuleDoc;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds docs/rules.md to the METADATA of the rules; {@code -Dtare.refresh=true} writes it again.
 */
class RuleReferenceTest {
  private static final Path PAGE = TestImages.repository().resolve("docs/rules.md");
  private static final Map<String, String> THEMES =
      Map.ofEntries(
          Map.entry("BASE", "what the image is built on"),
          Map.entry("CVE", "known vulnerabilities"),
          Map.entry("ENV", "development in production"),
          Map.entry("FRESH", "age"),
          Map.entry("LAYER", "how the image is cut, and what that wastes"),
          Map.entry("LEFT", "what the build left behind"),
          Map.entry("MOD", "one service an image"),
          Map.entry("START", "what the image starts is in it"),
          Map.entry("PKG", "packages"),
          Map.entry("PRIV", "ways to more rights"),
          Map.entry("PROV", "where the image comes from"),
          Map.entry("SECRET", "what nobody else should have"),
          Map.entry("SIZE", "what the image weighs"),
          Map.entry("STATE", "data"),
          Map.entry("TOOL", "programs that serve an intruder"),
          Map.entry("USER", "how the image is started and named"));

  @Test
  void pageSaysWhatTheMetadataSays() throws IOException {
    String page = page(PolicyEngines.builtIn());
    if (Boolean.getBoolean("tare.refresh")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("refresh with ./mvnw test -Dtest=RuleReferenceTest -Dtare.refresh=true")
        .hasContent(page);
  }

  @Test
  void schemaOfTheChartKnowsTheRules() throws IOException {
    JsonNode schema =
        new JsonMapper()
            .readTree(
                Files.readString(
                    TestImages.repository().resolve("charts/tare/values.schema.json")));
    assertThat(schema.at("/definitions/rule/then/enum").valueStream().map(JsonNode::asString))
        .as("definitions.rule of charts/tare/values.schema.json")
        .containsExactlyElementsOf(
            PolicyEngines.builtIn().rules().stream().map(RuleDoc::id).sorted().toList());
  }

  private static String page(Bundle bundle) {
    StringBuilder page = new StringBuilder();
    page.append("# Rules\n\n")
        .append("The built-in library, revision ")
        .append(bundle.revision())
        .append(". Generated from the METADATA of `policies/tare/rules`; do not edit.\n")
        .append(
            "[policies.md](policies.md) tells what the severities mean, and how to change settings, waive findings and add rules;\n")
        .append(
            "`tare policy show TARE-TOOL-001` prints one rule at the terminal. Settings are shown with their default and with what each\n")
        .append("profile changes.\n");
    themes(bundle)
        .forEach((theme, rules) -> {
          page.append("\n**%s**: %s\n\n".formatted(theme, THEMES.get(theme)))
              .append("| rule | what fails | severity |\n|---|---|---|\n");
          for (RuleDoc rule : rules) {
            page.append(
                "| [%s](#%s) | %s | %s |\n"
                    .formatted(rule.id(), anchor(rule), rule.title(), rule.severity().word()));
          }
        });
    bundle.rules().forEach(rule -> page.append(section(bundle, rule)));
    return page.toString();
  }

  private static Map<String, List<RuleDoc>> themes(Bundle bundle) {
    return bundle.rules().stream()
        .collect(Collectors.groupingBy(RuleDoc::theme, TreeMap::new, Collectors.toList()));
  }

  private static String section(Bundle bundle, RuleDoc rule) {
    StringBuilder section = new StringBuilder();
    section
        .append("\n## %s %s\n\n".formatted(rule.id(), rule.title()))
        .append(
            "Severity %s, since %s. %s\n\n"
                .formatted(rule.severity().word(), rule.since(), text(rule.description())))
        .append("**Why:** %s\n\n".formatted(text(rule.rationale())))
        .append("**Remedy** (%s): %s\n".formatted(rule.action().word(), text(rule.remediation())));
    Map<String, List<String>> controls = new TreeMap<>(rule.controls());
    if (!controls.isEmpty()) {
      section
          .append("\n**Controls:** ")
          .append(
              controls.entrySet().stream()
                  .map(e -> e.getKey() + " " + String.join(", ", e.getValue()))
                  .collect(Collectors.joining("; ")))
          .append("\n");
    }
    section
        .append("\n**Settings:**\n\n| key | default |")
        .append(profiles(bundle).stream().map(p -> " " + p + " |").collect(Collectors.joining()))
        .append("\n|---|---|")
        .append("---|".repeat(profiles(bundle).size()))
        .append("\n");
    JsonNode defaults = bundle.data().at("/tare/settings/defaults/rules/" + rule.id());
    keys(rule, defaults)
        .forEach((key, value) ->
            section
                .append("| `%s` | %s |".formatted(key, value))
                .append(changes(bundle, rule, key))
                .append("\n"));
    section
        .append("\n**Sources:** ")
        .append(
            rule.relatedResources().stream()
                .map(r -> "<" + r + ">")
                .collect(Collectors.joining(", ")))
        .append("\n");
    return section.toString();
  }

  private static Map<String, String> keys(RuleDoc rule, JsonNode defaults) {
    Map<String, String> keys = new TreeMap<>();
    defaults
        .properties()
        .forEach(e -> keys.put(e.getKey(), "`" + shown(e.getKey(), e.getValue()) + "`"));
    keys.put("severity", "`" + rule.severity().word() + "`");
    return keys;
  }

  private static String changes(Bundle bundle, RuleDoc rule, String key) {
    return profiles(bundle).stream()
        .map(p ->
            bundle.data().at("/tare/settings/profiles/" + p + "/rules/" + rule.id() + "/" + key))
        .map(value ->
            value.isMissingNode() ? "  |" : " `" + shown(key, value).replace("\"", "") + "` |")
        .collect(Collectors.joining());
  }

  /** A value as one would write it into tare.yaml. */
  private static String shown(String key, JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(e -> e.getKey() + ": " + shown(key, e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    boolean bytes = key.endsWith("Bytes") || key.equals("budgets");
    if (bytes && value.asLong() >= 1_000_000) {
      return value.asLong() / 1_000_000 + "MB";
    }
    return bytes && value.asLong() >= 1_000 ? value.asLong() / 1_000 + "kB" : value.toString();
  }

  private static String text(String plain) {
    return plain.replace("*", "\\*").replace("<", "\\<");
  }

  private static List<String> profiles(Bundle bundle) {
    return bundle.data().at("/tare/settings/profiles").propertyNames().stream().sorted().toList();
  }

  private static String anchor(RuleDoc rule) {
    return (rule.id() + "-" + rule.title())
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }
}
