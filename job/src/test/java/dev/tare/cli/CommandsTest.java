package dev.tare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.option.Configuration;
import dev.tare.stop.StopSignal;
import dev.tare.testing.Programs;
import dev.tare.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Command lines that need no state, and how their options get values. */
class CommandsTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... arguments) {
    return new TareCli(
            new Terminal(out, err, environment),
            options -> {
              throw new AssertionError("opens the state " + options.state());
            },
            () -> {},
            new StopSignal(),
            "1.2.3")
        .run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void versionIsPrinted() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out().strip()).isEqualTo("tare 1.2.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scan",
        "inspect",
        "diff",
        "lineage",
        "bases",
        "evaluate",
        "report",
        "runs",
        "tickets",
        "policy",
        "demo",
        "completion"
      })
  void everyCommandHasHelpThatNeedsNoState(String command) {
    assertThat(run(Map.of("COLUMNS", "80"), command, "--help")).isZero();
    assertThat(out()).contains("Usage: tare " + command);
    assertThat(err()).isEmpty();
  }

  @Test
  void shortageOfMemoryOrRoomIsNoDefect() {
    for (Throwable shortage :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new IllegalStateException(new OutOfMemoryError("Metaspace")),
            new UncheckedIOException(new IOException("No space left on device")))) {
      err.reset();
      assertThat(failing(shortage)).isEqualTo(4);
      assertThat(err()).doesNotContain("defect", "\tat ").hasLineCount(2);
    }
  }

  @Test
  void errorOfTheVirtualMachineIsADefectAndNoInterruption() {
    for (Throwable defect : List.of(new NoClassDefFoundError("x/Y"), new StackOverflowError())) {
      err.reset();
      assertThat(failing(defect)).isEqualTo(4);
      assertThat(err()).contains("unexpected", "This is a defect").doesNotContain("\tat ");
    }
  }

  private int failing(Throwable failure) {
    return new TareCli(
            new Terminal(out, err, Map.of()),
            options -> {
              if (failure instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) failure;
            },
            () -> {},
            new StopSignal(),
            "1.2.3")
        .run("runs", "--state", directory.toString());
  }

  @Test
  void helpListsEveryExitStatus() {
    assertThat(run(Map.of(), "--help")).isZero();
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(out()).contains(status.code() + "  ").contains(status.meaning().substring(0, 12));
    }
  }

  @Test
  void bashTakesTheCompletionScript() throws IOException {
    assertThat(run(Map.of(), "completion", "bash")).isZero();
    Path script = Files.writeString(directory.resolve("completion"), out());
    assertThat(Programs.run("bash", "-n", script.toString())).isEmpty();
    assertThat(
            Programs.run(
                "bash",
                "-c",
                "source "
                    + script
                    + "; COMP_WORDS=(tare sca); COMP_CWORD=1; $(complete -p tare | sed 's/.*-F"
                    + " \\([^ ]*\\).*/\\1/'); echo ${COMPREPLY[@]}"))
        .contains("scan");
  }

  @Test
  void shippedConfigurationSetsEveryKeyToItsDefault() throws IOException {
    Path file = TestImages.repository().resolve("config").resolve("tare.yaml");
    JsonNode keys = new YAMLMapper().readTree(Files.readString(file));
    // Reads it as every run does: a key that no option has would end with status 2.
    assertThat(run(Map.of(), "completion", "bash", "--config", file.toString())).as(err()).isZero();
    for (String key : new TreeSet<>(keys.propertyNames())) {
      if (!key.equals(Configuration.SETTINGS)) {
        JsonNode value = keys.path(key);
        String text =
            value.isArray()
                ? String.join(",", value.valueStream().map(JsonNode::asString).toList())
                : value.asString();
        assertThat(text).as("default of %s", key).isEqualTo(defaultOf("--" + key));
      }
    }
  }

  private static String defaultOf(String option) {
    CommandLine.Model.OptionSpec found = OptionValuesTest.spec("tare scan").findOption(option);
    if (found != null) {
      // What a flag is when it is not given is what its field holds.
      return found.defaultValue() != null
          ? found.defaultValue()
          : String.valueOf(found.<Object>getValue());
    }
    throw new AssertionError("no option of scan is called " + option);
  }

  @Test
  void commentedKeysOfTheShippedConfigurationAreOptionsToo() throws IOException {
    Path file = TestImages.repository().resolve("config").resolve("tare.yaml");
    Path all = directory.resolve("all.yaml");
    Files.writeString(all, Files.readString(file).replaceAll("(?m)^# ([a-z-]+: [^ ].*)$", "$1"));
    assertThat(Files.readString(all)).contains("\ntargets: ").contains("\nwaivers: ");
    assertThat(run(Map.of(), "completion", "bash", "--config", all.toString())).as(err()).isZero();
  }

  private Path sources(String rule, String test) throws IOException {
    Programs.assumeInstalled("opa");
    Path sources = Files.createDirectories(directory.resolve("our-rules"));
    Files.writeString(sources.resolve("image.rego"), "package main\n\n" + rule + "\n");
    Files.writeString(sources.resolve("image_test.rego"), "package main\n\n" + test + "\n");
    return sources;
  }

  private static final String RULE = "deny contains \"Too many layers.\" if input.layerCount > 5";
  private static final String TEST =
      "test_many if count(deny) == 1 with input as {\"layerCount\": 6}";

  @Test
  void policyCheckSaysWhatABundleHolds() throws IOException {
    Path sources = sources(RULE, TEST);
    assertThat(run(Map.of(), "policy", "check", sources.toString())).as(err()).isZero();
    assertThat(out())
        .startsWith("our-rules: usable, 1 rule, sha256:")
        .contains("  OUR-RULES-MAIN-DENY  high");
  }

  @Test
  void policyCheckNamesAMissingBuiltinAndItsPlace() throws IOException {
    Path sources = sources("deny contains \"late\" if time.now_ns() > 0", TEST);
    assertThat(run(Map.of(), "policy", "check", sources.toString())).isEqualTo(2);
    assertThat(err()).contains("image.rego:3").contains("time.now_ns");
  }

  @Test
  void policyCheckNamesAFieldThatFactsDoNotHave() throws IOException {
    Path sources = sources("deny contains \"many\" if input.layerCuont > 5", TEST);
    assertThat(run(Map.of(), "policy", "check", sources.toString())).isEqualTo(2);
    assertThat(err())
        .contains("image.rego:3")
        .contains("layerCuont")
        .doesNotContain("^", "occurred:;");
  }

  @Test
  void policyCheckKnowsThatAFactMayBeNull() throws IOException {
    Path sources = sources("deny contains \"no user\" if input.image.config.user == null", TEST);
    assertThat(run(Map.of(), "policy", "check", sources.toString())).as(err()).isZero();
  }

  @Test
  void helpShowsWhatTheCommandUsesAndNoMore() {
    String[] ofScans = {"plain-http", "parallelism", "whole-layers", "dry-run"};
    for (String command : new String[] {"report", "runs", "lineage"}) {
      assertThat(run(Map.of(), command, "--help")).isZero();
      assertThat(out()).contains("--state").doesNotContain(ofScans);
    }
    assertThat(run(Map.of(), "evaluate", "--help")).isZero();
    assertThat(out())
        .contains("plain-http", "parallelism", "dry-run")
        .doesNotContain("whole-layers");
    assertThat(run(Map.of(), "scan", "--help")).isZero();
    assertThat(out()).contains(ofScans);
  }

  @Test
  void policyTestRunsTheTestsBesideTheRules() throws IOException {
    Path sources = sources(RULE, TEST);
    assertThat(run(Map.of(), "policy", "test", sources.toString())).as(err()).isZero();
    assertThat(out()).contains("PASS: 1/1");
    sources(RULE, TEST.replace("6", "5"));
    assertThat(run(Map.of(), "policy", "test", sources.toString())).isEqualTo(1);
    assertThat(out()).contains("image_test.rego:3").contains("FAIL: 1/1");
    sources(RULE, TEST + " nonsense");
    assertThat(run(Map.of(), "policy", "test", sources.toString())).isEqualTo(2);
    assertThat(err()).contains("image_test.rego:3");
  }

  @Test
  void policyTestWithoutTestsIsAnError() throws IOException {
    Path sources = sources(RULE, TEST);
    Files.delete(sources.resolve("image_test.rego"));
    assertThat(run(Map.of(), "policy", "test", sources.toString())).isEqualTo(2);
    assertThat(err()).contains("it has no tests");
  }

  @Test
  void policyBuildMakesABundleThatNeedsNoSourcesAndIsReproducible() throws IOException {
    Path sources = sources(RULE, TEST);
    Files.writeString(
        sources.resolve(".manifest"), "{\"revision\": \"7\", \"roots\": [\"main\", \"tare\"]}");
    Path bundle = directory.resolve("acme.tar.gz");
    assertThat(run(Map.of(), "policy", "build", sources.toString(), bundle.toString()))
        .as(err())
        .isZero();
    assertThat(out()).contains("ACME-MAIN-DENY").endsWith(bundle + System.lineSeparator());
    // The tar of the system reads what was written.
    assertThat(Programs.run("tar", "-tzf", bundle.toString()))
        .isEqualTo(".manifest\ndata.json\npolicy.wasm\nrules.json\n");
    byte[] first = Files.readAllBytes(bundle);
    assertThat(run(Map.of(), "policy", "build", sources.toString(), bundle.toString())).isZero();
    assertThat(Files.readAllBytes(bundle)).isEqualTo(first);
    assertThat(run(Map.of(), "policy", "check", bundle.toString())).as(err()).isZero();
    assertThat(out()).contains("acme 7: usable, 1 rule, sha256:");
  }

  @Test
  void policyBuildOfWhatHoldsNoSourcesIsAnError() {
    assertThat(run(Map.of(), "policy", "build", directory.toString())).isEqualTo(2);
    assertThat(err()).contains("no .rego sources there");
  }
}
