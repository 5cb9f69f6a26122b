package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.finding.ActionKind;
import dev.tare.finding.RuleDoc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Holds every rule to arguing what it says: its severity, its thresholds, where they come from. */
class RuleRationaleTest {
  private static final Bundle LIBRARY = PolicyEngines.builtIn();
  static final List<RuleDoc> RULES = LIBRARY.rules();

  /** What a rationale names, and the source that then has to stand below it. */
  private static final Map<String, String> SOURCES =
      Map.ofEntries(
          Map.entry("NIST SP 800-190", "NIST.SP.800-190"),
          Map.entry("CIS Docker Benchmark", "cisecurity.org"),
          Map.entry("Kubernetes Hardening Guide", "KUBERNETES_HARDENING_GUIDANCE"),
          Map.entry("Pod Security Standards", "pod-security-standards"),
          Map.entry("StackRox", "stackrox"),
          Map.entry("Kyverno", "kyverno.io"),
          Map.entry("hadolint", "hadolint/wiki/DL"),
          Map.entry("dive", "wagoodman/dive"),
          Map.entry("CVSS", "first.org/cvss"),
          Map.entry("BOD 19-02", "bod/19-02"),
          Map.entry("BOD 22-01", "bod-22-01"),
          Map.entry("SLSA", "slsa.dev"));

  private static final Pattern REFERENCE = Pattern.compile("\\b(CWE|T)-?(\\d{2,5})(?:\\.\\d{3})?");

  @ParameterizedTest
  @FieldSource("RULES")
  void severityIsArgued(RuleDoc rule) {
    assertThat(rule.rationale().toLowerCase(Locale.ROOT))
        .as(rule.id())
        .matches("(?s).*\\b" + rule.severity().word() + "\\b.*");
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void everyThresholdStandsInTheRationale(RuleDoc rule) {
    JsonNode settings = LIBRARY.data().at("/tare/settings/defaults/rules/" + rule.id());
    settings
        .properties()
        .forEach(setting ->
            numbers(setting.getValue())
                .forEach(number ->
                    assertThat(rule.rationale())
                        .as("%s %s", rule.id(), setting.getKey())
                        .containsPattern(
                            "(?<![\\d.])"
                                + Pattern.quote(text(setting.getKey(), number))
                                + "(?![\\d.]\\d)")));
  }

  /** Of a list only what is a threshold; ports and words are names. */
  private static Stream<JsonNode> numbers(JsonNode setting) {
    if (setting.isObject()) {
      return setting.valueStream().flatMap(RuleRationaleTest::numbers);
    }
    return setting.isNumber() ? Stream.of(setting) : Stream.empty();
  }

  private static String text(String key, JsonNode number) {
    BigDecimal value = number.decimalValue();
    if (value.signum() > 0 && (key.endsWith("Bytes") || key.equals("budgets"))) {
      return value.compareTo(BigDecimal.valueOf(1_000_000)) < 0
          ? value.movePointLeft(3).stripTrailingZeros().toPlainString() + " kB"
          : value.movePointLeft(6).stripTrailingZeros().toPlainString() + " MB";
    }
    return value.stripTrailingZeros().toPlainString();
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void whatTheRationaleCitesIsAmongItsSources(RuleDoc rule) {
    String sources = String.join(" ", rule.relatedResources());
    assertThat(rule.relatedResources())
        .as(rule.id())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(source -> source.startsWith("https://"));
    SOURCES.forEach((name, source) -> {
      if (rule.rationale().contains(name)) {
        assertThat(sources).as("%s cites %s", rule.id(), name).contains(source);
      }
    });
    REFERENCE
        .matcher(rule.rationale())
        .results()
        .forEach(reference ->
            assertThat(sources)
                .as("%s cites %s", rule.id(), reference.group())
                .contains(
                    reference.group(1).equals("CWE")
                        ? "cwe.mitre.org/data/definitions/" + reference.group(2) + ".html"
                        : "attack.mitre.org/techniques/"
                            + reference.group().replace('.', '/')
                            + "/"));
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void kindOfActionIsSaid(RuleDoc rule) {
    assertThat(rule.action()).as(rule.id()).isNotEqualTo(ActionKind.OTHER);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void remedySaysWhatToWrite(RuleDoc rule) {
    assertThat(rule.remediation()).as(rule.id()).hasSizeBetween(40, 400).endsWith(".");
    assertThat(rule.title()).as(rule.id()).hasSizeLessThan(60);
    assertThat(rule.description()).as(rule.id()).matches("(?s)[A-Z].*\\.");
  }
}
