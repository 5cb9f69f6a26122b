package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.Outcome;
import dev.tare.finding.OutcomeKind;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.Severity;
import dev.tare.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Bundles of users, compiled here from the library's entrypoint and rules of their own. */
class UserBundleTest {
  /** Loops without allocating anything: neither sets nor texts need a new number at each step. */
  private static final String SLOW =
      """
      fail := {"message": "No.", "evidence": {}} if {
        n := {format_int(i, 10) | some i in numbers.range(1, 3000)}
        count([1 | some a in n; some b in n; some c in n; c == "none"]) > 100
      }\
      """;

  private static final String GREEDY =
      """
      fail := {"message": "No.", "evidence": {}} if {
        n := numbers.range(1, 2000)
        count([[a, b] | some a in n; some b in n]) < 0
      }\
      """;

  @TempDir private static Path shared;

  @TempDir private Path directory;

  private static Path bundle;
  private static PolicyEngine engine;
  private static List<Outcome> outcomes;

  @BeforeAll
  static void judgeByRulesOfEveryKind() {
    bundle =
        RegoBundle.in(shared)
            .rule(
                "ACME-1",
                "critical",
                "fail := {\"message\": \"No.\", \"evidence\": {\"found\": 1}}")
            .rule(
                "ACME-2",
                "low",
                "pass := sprintf(\"%v\", [data.tare.settings.defaults.rules[id].max])")
            .settings("ACME-2", "{\"max\": 3000000000}")
            .rule(
                "ACME-3",
                "high",
                "fail := x\n\nx := 1 if input.layerCount > 0\n\nx := 2 if input.layerCount > 1")
            .rule("ACME-4", "high", SLOW)
            .rule("ACME-5", "high", GREEDY)
            .declare("ACME-6", "high")
            .build();
    engine =
        PolicyEngines.open(
            List.of(bundle.toString()), settings("limits: {timeout: PT6S, memory: 16MiB}"));
    outcomes = engine.evaluate(Examples.clean());
  }

  @AfterAll
  static void close() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void rulesOfAUserStandBesideTheLibrary() {
    assertThat(engine.revisions()).extracting(PolicyRevision::name).containsExactly("tare", "acme");
    assertThat(outcomes).hasSameSizeAs(engine.rules()).hasSizeGreaterThan(30);
    assertThat(outcomes.getFirst().rule()).isEqualTo("ACME-1");
    assertThat(outcomes.getFirst().kind()).isEqualTo(OutcomeKind.FAIL);
    assertThat(outcomes.getFirst().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(outcome("TARE-TOOL-001").kind()).isEqualTo(OutcomeKind.PASS);
  }

  @Test
  void settingsOfTheirRulesAreUsedAndChecked() {
    assertThat(outcome("ACME-2").kind()).isEqualTo(OutcomeKind.PASS);
    assertThat(outcome("ACME-2").message()).isEqualTo("3000000000");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() ->
            PolicyEngines.open(List.of(bundle.toString()), settings("rules: {ACME-2: {mx: 4}}")))
        .satisfies(e -> assertThat(e.hint()).isEqualTo("Did you mean \"max\"?"));
  }

  @Test
  void ruleThatAbortsIsUnknown() {
    assertThat(outcome("ACME-3").kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome("ACME-3").message()).contains("var assignment conflict");
  }

  @Test
  void ruleThatTakesTooLongIsUnknown() {
    assertThat(outcome("ACME-4").kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome("ACME-4").message()).contains("it took longer than 6 s");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void nextImageIsJudgedAsUsual() {
    List<Outcome> next = engine.evaluate(Examples.clean());
    assertThat(next)
        .filteredOn(o -> o.rule().startsWith("TARE-"))
        .extracting(Outcome::kind)
        .isSubsetOf(OutcomeKind.PASS, OutcomeKind.NOT_APPLICABLE);
    assertThat(next.getFirst().kind()).isEqualTo(OutcomeKind.FAIL);
  }

  @Test
  void ruleThatFillsTheMemoryIsUnknown() {
    assertThat(outcome("ACME-5").kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome("ACME-5").message()).contains("it needs more memory than 16 MiB");
  }

  @Test
  void declaredRuleWithoutAnOutcomeIsUnknown() {
    assertThat(outcome("ACME-6").kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome("ACME-6").message()).isEqualTo("The policies gave no outcome of this rule.");
  }

  @Test
  void packedBundleIsTheSame() throws IOException {
    Path packed = RegoBundle.pack(bundle, directory.resolve("acme.tar.gz"));
    assertThat(BundleReader.read(packed).digest()).isEqualTo(BundleReader.read(bundle).digest());
    assertThat(BundleReader.read(packed).name()).isEqualTo("acme");
  }

  @Test
  void bundleThatCallsAMissingBuiltinIsRefusedWithItsName() {
    Path refused =
        RegoBundle.in(directory)
            .rule("ACME-1", "high", "pass := \"Yes.\" if time.now_ns() > 0")
            .build();
    refused(refused.toString(), "they call time.now_ns");
  }

  @Test
  void sourcesOfConftestAreCompiledAndJudged() throws IOException {
    Path sources = Files.createDirectory(directory.resolve("team-rules"));
    Files.writeString(
        sources.resolve("image.rego"),
        """
        package main

        deny contains "Too many layers." if input.layerCount > 1

        violation contains {"msg": "No."} if input.layerCount > 99

        warn contains {"msg": sprintf("%v files", [input.size.files])} if input.size.files > 1
        """);
    Files.writeString(sources.resolve("image_test.rego"), "package main\n\ntest_x if false\n");
    Programs.assumeInstalled("opa");
    try (PolicyEngine judging =
        PolicyEngines.open(List.of(sources.toString()), PolicySettings.defaults())) {
      List<Outcome> judged =
          judging.evaluate(Examples.clean()).stream()
              .filter(o -> o.rule().startsWith("TEAM-RULES"))
              .toList();
      assertThat(judged)
          .extracting(o -> o.rule() + " " + o.kind().word() + " " + o.severity().word())
          .containsExactly(
              "TEAM-RULES-MAIN-DENY fail high",
              "TEAM-RULES-MAIN-VIOLATION pass high",
              "TEAM-RULES-MAIN-WARN fail low");
      assertThat(judged.getFirst().message()).isEqualTo("Too many layers.");
      assertThat(judged.getLast().message()).isEqualTo("412 files");
      assertThat(judging.revisions().getLast().name()).isEqualTo("team-rules");
    }
  }

  @Test
  void sourcesOfTheLibrarysFormNeedNoCopyOfIt() throws IOException {
    Programs.assumeInstalled("opa");
    Path source =
        Files.writeString(
            directory.resolve("acme.rego"),
            """
            # METADATA
            # title: Holds perl
            # custom:
            #   id: ACME-9
            #   severity: low
            package tare.rules.acme.perl

            import data.tare.lib.text

            id := "ACME-9"

            needs := {"tools"}

            fail := {"message": text.number(input.layerCount, "layer"), "evidence": {"found": 1, "allowed": 0}}
            """);
    try (PolicyEngine judging =
        PolicyEngines.open(
            List.of("oci://r.example.com/acme:1"),
            PolicySettings.defaults(),
            location -> Map.of("acme.rego", bytes(source)))) {
      Outcome outcome =
          judging.evaluate(Examples.clean()).stream()
              .filter(o -> o.rule().equals("ACME-9"))
              .findAny()
              .orElseThrow();
      assertThat(outcome.message()).isEqualTo("2 layers");
      assertThat(outcome.severity()).isEqualTo(Severity.LOW);
      assertThat(judging.revisions().getLast().name()).isEqualTo("acme");
    }
  }

  /** The rules that docs/policies.md shows, in either form, as they are written there. */
  @Test
  void rulesOfTheGuideFailOnWhatTheyAreAbout() throws IOException {
    Programs.assumeInstalled("opa");
    List<String> shown =
        Pattern.compile("(?ms)^```rego\\n(.*?)^```")
            .matcher(Files.readString(Examples.policies().resolve("../docs/policies.md")))
            .results()
            .map(block -> block.group(1))
            .filter(rego -> !rego.contains("test_"))
            .toList();
    assertThat(shown).hasSize(2);
    List<String> sources = new ArrayList<>();
    for (String rego : shown) {
      Path source = directory.resolve("guide" + sources.size() + ".rego");
      sources.add(Files.writeString(source, rego).toString());
    }
    ObjectNode facts = (ObjectNode) Examples.clean();
    ((ObjectNode) facts.at("/image/config")).putNull("user");
    ((ArrayNode) facts.path("tools"))
        .addObject()
        .put("name", "perl")
        .put("path", "/usr/bin/perl")
        .put("category", "runtime")
        .put("inBase", false);
    try (PolicyEngine judging = PolicyEngines.open(sources, PolicySettings.defaults())) {
      assertThat(judging.evaluate(facts))
          .filteredOn(outcome -> !outcome.rule().startsWith("TARE-"))
          .extracting(Outcome::kind)
          .containsExactly(OutcomeKind.FAIL, OutcomeKind.FAIL);
    }
  }

  @Test
  void sourceThatCallsAMissingBuiltinIsRefusedWithNameAndPlace() throws IOException {
    Programs.assumeInstalled("opa");
    Path source =
        Files.writeString(
            directory.resolve("late.rego"),
            "package main\n\ndeny contains \"late\" if time.now_ns() > 0\n");
    refused(source.toString(), "time.now_ns");
    refused(source.toString(), "late.rego:3");
  }

  /** It would be undefined on every image, and the rule would never fail. */
  @Test
  void sourceThatReadsAFieldThatDoesNotExistIsRefusedWithNameAndPlace() throws IOException {
    Programs.assumeInstalled("opa");
    Path source =
        Files.writeString(
            directory.resolve("heavy.rego"),
            "package main\n\ndeny contains \"heavy\" if input.size.compressedBytes > 1\n");
    refused(source.toString(), "heavy.rego:3");
    refused(source.toString(), "input.size.compressedBytes");
    Files.writeString(
        source, "package main\n\ndeny contains \"heavy\" if input.size.compressed > 1\n");
    try (PolicyEngine judging =
        PolicyEngines.open(List.of(source.toString()), PolicySettings.defaults())) {
      assertThat(judging.evaluate(Examples.clean()))
          .filteredOn(outcome -> !outcome.rule().startsWith("TARE-"))
          .extracting(Outcome::kind)
          .containsExactly(OutcomeKind.FAIL);
    }
  }

  @Test
  void sourceInRegoV0IsRefusedWithPlaceAndWhatRewritesIt() throws IOException {
    Programs.assumeInstalled("opa");
    Path source =
        Files.writeString(
            directory.resolve("deny.rego"),
            "package main\n\ndeny[msg] {\n  input.layerCount > 1\n  msg := \"many\"\n}\n");
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> PolicyEngines.open(List.of(source.toString()), PolicySettings.defaults()))
        .withMessageContaining("deny.rego:3: ")
        .satisfies(e -> {
          assertThat(e.getMessage()).doesNotContain("{\"").doesNotContain("\n");
          assertThat(e.hint()).contains("opa fmt --v0-v1 --write deny.rego");
        });
  }

  @Test
  void withoutOpaTheErrorSaysHowToGetIt() {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(
            () -> new OpaProgram("policy bundle x", "no-such-opa").run(directory, "version"))
        .withMessage("compile policy bundle x: no-such-opa is not on the PATH")
        .satisfies(e -> {
          assertThat(e.kind()).isEqualTo(FailureKind.USAGE);
          assertThat(e.hint()).contains("https://www.openpolicyagent.org/docs/#1-download-opa");
        });
  }

  @ParameterizedTest
  @CsvSource({"0.69.0, true", "1.10.1, true", "1.12.0, false", "1.22.0-dev, false", "2.0.0, false"})
  void opaThatIsTooOldIsNamedInsteadOfWhatItSays(String version, boolean old) throws IOException {
    Path opa =
        Files.writeString(
            directory.resolve("old-opa"),
            """
            #!/bin/sh
            if [ "$1" = version ]; then echo "Version: %s"; else echo "illegal capabilities"; exit 1; fi
            """
                .formatted(version));
    Files.setPosixFilePermissions(opa, PosixFilePermissions.fromString("rwx------"));
    String said =
        old ? "opa " + version + " is too old, expected 1.12 or later" : "illegal capabilities";
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> new OpaProgram("policy bundle x", opa.toString()).run(directory, "build"))
        .withMessage("compile policy bundle x: " + said)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void ruleOfTheLibraryCannotBeDefinedAgain() {
    Path refused =
        RegoBundle.in(directory).rule("TARE-TOOL-001", "low", "pass := \"Yes.\"").build();
    refused(refused.toString(), "rule TARE-TOOL-001 is defined by tare too");
  }

  @Test
  void unusableLocationsAreRefused() throws IOException {
    refused(directory.resolve("none.tar.gz").toString(), "no such file or directory");
    refused(directory.toString(), "it has no policy.wasm");
    refused("oci://registry.example.com/policies:1", "unknown scheme");
    refused(directory.resolve("mine.rego").toString(), "no such file or directory");
    Path text = directory.resolve("text.tar.gz");
    Files.writeString(text, "not gzip");
    refused(text.toString(), "text.tar.gz");
    Files.writeString(directory.resolve("policy.wasm"), "not wasm");
    refused(directory.toString(), "it has no rules.json");
    Files.writeString(
        directory.resolve("rules.json"),
        "[{\"id\": \"A\", \"severity\": \"low\", \"action\": \"sweep\"}]");
    refused(directory.toString(), "rule A: action \"sweep\", expected one of base, install,");
    Files.writeString(directory.resolve("rules.json"), "[{\"id\": \"A\", \"severity\": \"low\"}]");
    refused(directory.toString(), "policy.wasm is no policy module");
  }

  private static void refused(String location, String why) {
    assertThatExceptionOfType(TareException.class)
        .isThrownBy(() -> PolicyEngines.open(List.of(location), PolicySettings.defaults()))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.USAGE));
  }

  private static Outcome outcome(String rule) {
    return outcomes.stream().filter(o -> o.rule().equals(rule)).findAny().orElseThrow();
  }

  private static PolicySettings settings(String yaml) {
    JsonNode node = new YAMLMapper().readTree(yaml);
    return PolicySettings.of(node);
  }
}
