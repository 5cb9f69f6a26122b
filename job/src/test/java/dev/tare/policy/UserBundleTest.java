package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Bundles of users, compiled here from the library's entrypoint and rules of their own. */
class UserBundleTest {
  @TempDir private Path directory;

  @Test
  void rulesOfAUserStandBesideTheLibrary() {
    Path bundle =
        RegoBundle.in(directory)
            .rule(
                "ACME-1",
                "critical",
                "fail := {\"message\": \"No.\", \"evidence\": {\"found\": 1}}")
            .rule(
                "ACME-2",
                "low",
                "pass := sprintf(\"%v\", [data.tare.settings.defaults.rules[id].max])")
            .settings("ACME-2", "{\"max\": 3000000000}")
            .build();
    try (PolicyEngine engine =
        PolicyEngines.open(List.of(bundle.toString()), PolicySettings.defaults())) {
      assertThat(engine.revisions())
          .extracting(PolicyRevision::name)
          .containsExactly("tare", "acme");
      List<Outcome> outcomes = engine.evaluate(Examples.clean());
      assertThat(outcomes).hasSameSizeAs(engine.rules()).hasSizeGreaterThan(30);
      assertThat(outcomes.getFirst().rule()).isEqualTo("ACME-1");
      assertThat(outcomes.getFirst().kind()).isEqualTo(OutcomeKind.FAIL);
      assertThat(outcomes.getFirst().severity()).isEqualTo(Severity.CRITICAL);
      assertThat(outcomes.get(1).message()).isEqualTo("3000000000");
    }
  }

  @Test
  void settingsOfTheirRulesAreCheckedAndUsed() {
    Path bundle =
        RegoBundle.in(directory)
            .rule(
                "ACME-2",
                "low",
                "pass := sprintf(\"%v\", [data.tare.settings.defaults.rules[id].max])")
            .settings("ACME-2", "{\"max\": 3}")
            .build();
    try (PolicyEngine engine =
        PolicyEngines.open(List.of(bundle.toString()), settings("rules: {ACME-2: {max: 4}}"))) {
      assertThat(outcome(engine, "ACME-2").message()).isEqualTo("4");
    }
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() ->
            PolicyEngines.open(List.of(bundle.toString()), settings("rules: {ACME-2: {mx: 4}}")))
        .satisfies(e -> assertThat(e.hint()).isEqualTo("Did you mean \"max\"?"));
  }

  @Test
  void packedBundleIsTheSame() throws IOException {
    Path bundle = RegoBundle.in(directory).rule("ACME-1", "low", "pass := \"Yes.\"").build();
    Path packed = RegoBundle.pack(bundle, directory.resolve("acme.tar.gz"));
    assertThat(BundleReader.read(packed).digest()).isEqualTo(BundleReader.read(bundle).digest());
    assertThat(BundleReader.read(packed).name()).isEqualTo("acme");
  }

  @Test
  void ruleThatAbortsIsUnknownAndSparesTheOthers() {
    Path bundle =
        RegoBundle.in(directory)
            .rule(
                "ACME-1",
                "high",
                "fail := x\n\nx := 1 if input.layerCount > 0\n\nx := 2 if input.layerCount > 1")
            .rule("ACME-2", "low", "pass := \"Yes.\"")
            .build();
    try (PolicyEngine engine =
        PolicyEngines.open(List.of(bundle.toString()), PolicySettings.defaults())) {
      Outcome aborted = outcome(engine, "ACME-1");
      assertThat(aborted.kind()).isEqualTo(OutcomeKind.UNKNOWN);
      assertThat(aborted.message()).contains("var assignment conflict");
      assertThat(outcome(engine, "ACME-2").kind()).isEqualTo(OutcomeKind.PASS);
      assertThat(outcome(engine, "TARE-TOOL-001").kind()).isEqualTo(OutcomeKind.PASS);
    }
  }

  @Test
  void ruleThatTakesTooLongIsUnknownAndSparesTheOthers() {
    String slow =
        """
        fail := {"message": "No.", "evidence": {}} if {
          n := numbers.range(1, 3000)
          count({[a, b] | some a in n; some b in n; a * b == 7}) > 100
        }\
        """;
    Path bundle =
        RegoBundle.in(directory)
            .rule("ACME-1", "high", slow)
            .rule("ACME-2", "low", "pass := \"Yes.\"")
            .build();
    try (PolicyEngine engine =
        PolicyEngines.open(List.of(bundle.toString()), settings("limits: {timeout: PT1S}"))) {
      engine.evaluate(Examples.clean()); // The first one waits for the compiler.
      Outcome outcome = outcome(engine, "ACME-1");
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNKNOWN);
      assertThat(outcome.message()).contains("it took longer than 1 s");
      assertThat(outcome(engine, "ACME-2").kind()).isEqualTo(OutcomeKind.PASS);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void ruleThatFillsTheMemoryIsUnknownAndSparesTheOthers() {
    String greedy =
        """
        fail := {"message": "No.", "evidence": {}} if {
          n := numbers.range(1, 2000)
          count([[a, b] | some a in n; some b in n]) < 0
        }\
        """;
    Path bundle =
        RegoBundle.in(directory)
            .rule("ACME-1", "high", greedy)
            .rule("ACME-2", "low", "pass := \"Yes.\"")
            .build();
    try (PolicyEngine engine =
        PolicyEngines.open(List.of(bundle.toString()), settings("limits: {memory: 8MiB}"))) {
      Outcome outcome = outcome(engine, "ACME-1");
      assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNKNOWN);
      assertThat(outcome.message()).contains("it needs more memory than 8 MiB");
      assertThat(outcome(engine, "ACME-2").kind()).isEqualTo(OutcomeKind.PASS);
    }
  }

  @Test
  void declaredRuleWithoutAnOutcomeIsUnknown() {
    Path bundle =
        RegoBundle.in(directory)
            .rule("ACME-1", "high", "pass := \"Yes.\"")
            .declare("ACME-9", "high")
            .build();
    try (PolicyEngine engine =
        PolicyEngines.open(List.of(bundle.toString()), PolicySettings.defaults())) {
      assertThat(outcome(engine, "ACME-9").kind()).isEqualTo(OutcomeKind.UNKNOWN);
      assertThat(outcome(engine, "ACME-9").message())
          .isEqualTo("The policies gave no outcome of this rule.");
    }
  }

  @Test
  void bundleThatCallsAMissingBuiltinIsRefusedWithItsName() {
    Path bundle =
        RegoBundle.in(directory)
            .rule("ACME-1", "high", "pass := \"Yes.\" if time.now_ns() > 0")
            .build();
    refused(bundle.toString(), "they call time.now_ns");
  }

  @Test
  void ruleOfTheLibraryCannotBeDefinedAgain() {
    Path bundle = RegoBundle.in(directory).rule("TARE-TOOL-001", "low", "pass := \"Yes.\"").build();
    refused(bundle.toString(), "rule TARE-TOOL-001 is defined by tare too");
  }

  @Test
  void unusableLocationsAreRefused() throws IOException {
    refused(directory.resolve("none.tar.gz").toString(), "no such file or directory");
    refused(directory.toString(), "it has no policy.wasm");
    refused("oci://registry.example.com/policies:1", "oci:// is not supported yet");
    refused("rules/mine.rego", "it is not compiled");
    Path text = directory.resolve("text.tar.gz");
    Files.writeString(text, "not gzip");
    refused(text.toString(), "text.tar.gz");
    Files.writeString(directory.resolve("policy.wasm"), "not wasm");
    refused(directory.toString(), "it has no rules.json");
    Files.writeString(directory.resolve("rules.json"), "[{\"id\": \"A\", \"severity\": \"low\"}]");
    refused(directory.toString(), "policy.wasm is no policy module");
  }

  private static void refused(String location, String why) {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> PolicyEngines.open(List.of(location), PolicySettings.defaults()))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
  }

  private static Outcome outcome(PolicyEngine engine, String rule) {
    return engine.evaluate(Examples.clean()).stream()
        .filter(outcome -> outcome.rule().equals(rule))
        .findAny()
        .orElseThrow();
  }

  private static PolicySettings settings(String yaml) {
    JsonNode node = new YAMLMapper().readTree(yaml);
    return PolicySettings.of(node);
  }
}
