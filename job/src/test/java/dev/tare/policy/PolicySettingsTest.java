package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class PolicySettingsTest {
  @Test
  void nothingConfiguredMeansProd() {
    ProfileSelector profiles = new ProfileSelector(PolicySettings.defaults());
    assertThat(profiles.profileOf("r", "team/app", Map.of())).isEqualTo("prod");
    assertThat(PolicySettings.defaults().limits().memoryBytes()).isEqualTo(256L << 20);
    assertThat(PolicySettings.defaults().limits().timeout()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void assignmentBeatsLabelAndLabelBeatsDefault() {
    ProfileSelector profiles =
        new ProfileSelector(
            settings(
                """
                profile:
                  default: prod
                  assign:
                    - {repositories: ["base/**", "r.example.com/golden/*"], profile: base}
                    - {repositories: sandbox/*, profile: dev}
                """));
    assertThat(profiles.profileOf("r", "base/a/b", Map.of())).isEqualTo("base");
    assertThat(profiles.profileOf("r.example.com", "golden/a", Map.of())).isEqualTo("base");
    assertThat(profiles.profileOf("other", "golden/a", Map.of())).isEqualTo("prod");
    assertThat(profiles.profileOf("r", "sandbox/a", Map.of("dev.tare.profile", "base")))
        .isEqualTo("dev");
  }

  @Test
  void imageNamesItsProfileOnlyWhereSettingsLetIt() {
    ProfileSelector pinned = new ProfileSelector(PolicySettings.defaults());
    assertThat(pinned.profileOf("r", "a", Map.of("dev.tare.profile", "dev"))).isEqualTo("prod");
    ProfileSelector open = new ProfileSelector(settings("profile: {label: acme.profile}"));
    assertThat(open.profileOf("r", "a", Map.of("acme.profile", "dev"))).isEqualTo("dev");
    assertThat(open.profileOf("r", "a", Map.of("acme.profile", "none"))).isEqualTo("prod");
  }

  @Test
  void oneProfileIsForced() {
    PolicySettings settings = settings("profile: {label: ''}");
    assertThat(new ProfileSelector(settings.withProfile("base")).profileOf("r", "a", Map.of()))
        .isEqualTo("base");
  }

  @Test
  void profileThatDoesNotExistIsRefused() {
    refused(
        () -> new ProfileSelector(settings("profile: {default: prd}")),
        "settings.profile.default",
        "Did you mean \"prod\"?");
    refused(
        () -> new ProfileSelector(PolicySettings.defaults().withProfile("bse")),
        "--profile",
        "Did you mean \"base\"?");
  }

  @Test
  void mistypedKeysAreNamedWithTheNearest() {
    refused(() -> settings("rule: {}"), "settings.rule", "Did you mean \"rules\"?");
    refused(
        () -> open("rules: {TARE-SIZE-01: {maxBytes: 1}}"),
        "settings.rules.TARE-SIZE-01",
        "Did you mean \"TARE-SIZE-001\"?");
    refused(
        () -> open("rules: {TARE-SIZE-001: {maxByte: 1}}"),
        "settings.rules.TARE-SIZE-001.maxByte",
        "Did you mean \"maxBytes\"?");
    refused(
        () -> open("overrides: [{repositories: a, rules: {TARE-SIZE-001: {enable: false}}}]"),
        "settings.overrides[0].rules.TARE-SIZE-001.enable",
        "Did you mean \"enabled\"?");
  }

  @Test
  void valueOfAnotherTypeIsRefused() {
    for (String wrong :
        List.of(
            "TARE-LAYER-001: {max: twenty}",
            "TARE-LAYER-001: {enabled: 'no'}",
            "TARE-LAYER-001: {severity: fatal}",
            "TARE-TOOL-001: {allowed: bash}",
            "TARE-SIZE-001: {maxBytes: lots}")) {
      assertThatExceptionOfType(TareException.class)
          .as(wrong)
          .isThrownBy(() -> open("rules: {" + wrong + "}"))
          .withMessageContaining("expected ");
    }
  }

  @Test
  void settingsAreMergedFromDefaultsToOverrides() {
    PolicySettings settings =
        settings(
            """
            rules:
              TARE-LAYER-001: {severity: critical, max: 1}
              TARE-SIZE-001: {maxBytes: 20MB}
            profiles:
              dev: {rules: {TARE-LAYER-001: {max: 30}}}
            overrides:
              - {repositories: legacy/**, rules: {TARE-LAYER-001: {severity: low}, TARE-SIZE-001: {enabled: false}}}
            """);
    try (PolicyEngine engine = PolicyEngines.open(List.of(), settings)) {
      Outcome strict = outcome(engine, "prod", "team/app", "TARE-LAYER-001");
      assertThat(strict.kind()).isEqualTo(OutcomeKind.FAIL);
      assertThat(strict.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(strict.message()).isEqualTo("2 layers, 1 of them from the base; the limit is 1.");

      Outcome profile = outcome(engine, "dev", "team/app", "TARE-LAYER-001");
      assertThat(profile.kind()).isEqualTo(OutcomeKind.PASS);
      assertThat(profile.severity()).isEqualTo(Severity.CRITICAL);

      Outcome override = outcome(engine, "prod", "legacy/a", "TARE-LAYER-001");
      assertThat(override.kind()).isEqualTo(OutcomeKind.FAIL);
      assertThat(override.severity()).isEqualTo(Severity.LOW);

      assertThat(outcome(engine, "prod", "team/app", "TARE-SIZE-001").message())
          .isEqualTo("24.0 MB to pull; the limit is 20.0 MB.");
      assertThat(outcome(engine, "prod", "legacy/a", "TARE-SIZE-001").kind())
          .isEqualTo(OutcomeKind.NOT_APPLICABLE);
      assertThat(outcome(engine, "base", "team/app", "TARE-USER-001").severity())
          .isEqualTo(Severity.NOTE);
    }
  }

  @Test
  void unknownOutcomesOfFactsThatFewGatherWeighLess() {
    JsonNode unscanned =
        Examples.read(
            Examples.policies().resolve("tare/rules/cve/critical/examples/unknown-no-scan.json"));
    try (PolicyEngine engine = PolicyEngines.open(List.of(), PolicySettings.defaults())) {
      Outcome outcome = outcome(engine, unscanned, "TARE-CVE-001");
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNKNOWN);
      assertThat(outcome.severity()).isEqualTo(Severity.NOTE);
      assertThat(outcome(engine, Examples.clean(), "TARE-CVE-001").severity())
          .isEqualTo(Severity.CRITICAL);
    }
    try (PolicyEngine engine =
        PolicyEngines.open(
            List.of(), settings("rules: {TARE-CVE-001: {severityOfUnknown: high}}"))) {
      assertThat(outcome(engine, unscanned, "TARE-CVE-001").severity()).isEqualTo(Severity.HIGH);
    }
  }

  private static Outcome outcome(PolicyEngine engine, JsonNode facts, String rule) {
    return engine.evaluate(facts).stream()
        .filter(o -> o.rule().equals(rule))
        .findAny()
        .orElseThrow();
  }

  @Test
  void listOfApprovedBasesIsHeld() {
    PolicySettings settings =
        settings("rules: {TARE-BASE-001: {allowed: [registry.example.com/golden/*]}}");
    try (PolicyEngine engine = PolicyEngines.open(List.of(), settings)) {
      assertThat(outcome(engine, "prod", "team/app", "TARE-BASE-001").message())
          .isEqualTo("None of registry.example.com/base/static:12 is an approved base.");
    }
  }

  @Test
  void limitsAreRead() {
    EvaluationLimits limits = settings("limits: {memory: 1.5GiB, timeout: PT0.5S}").limits();
    assertThat(limits.memoryBytes()).isEqualTo(1_610_612_736L);
    assertThat(limits.timeout()).isEqualTo(Duration.ofMillis(500));
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> settings("limits: {timeout: 5}"));
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> settings("limits: {timeout: PT-5S}"));
  }

  private static Outcome outcome(
      PolicyEngine engine, String profile, String repository, String rule) {
    ObjectNode facts = (ObjectNode) Examples.clean();
    facts.put("profile", profile);
    facts.withObjectProperty("image").put("repository", repository);
    return engine.evaluate(facts).stream()
        .filter(outcome -> outcome.rule().equals(rule))
        .findAny()
        .orElseThrow();
  }

  private static void open(String yaml) {
    PolicyEngines.open(List.of(), settings(yaml)).close();
  }

  private static PolicySettings settings(String yaml) {
    JsonNode node = new YAMLMapper().readTree(yaml);
    return PolicySettings.of(node);
  }

  private static void refused(Runnable action, String where, String hint) {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(action::run)
        .withMessageContaining("configuration " + where + ": ")
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
          assertThat(e.hint()).isEqualTo(hint);
        });
  }
}
