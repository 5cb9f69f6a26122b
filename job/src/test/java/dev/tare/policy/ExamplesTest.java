package dev.tare.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.finding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the examples beside the rules through the compiled bundle. */
class ExamplesTest {
  private static final Pattern ID =
      Pattern.compile("^id := \"(TARE-[A-Z]+-[0-9]{3})\"$", Pattern.MULTILINE);
  private static final Pattern NAME =
      Pattern.compile("(pass|fail|unknown|not-applicable)-.+\\.json");

  private static PolicyEngine engine;
  private static Schema schema;

  @BeforeAll
  static void open() throws IOException {
    engine = PolicyEngines.open(List.of(), PolicySettings.defaults());
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Examples.policies().resolve("schemas/image.schema.json")));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static List<Path> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleHasTheOutcomeItsNameSays(Path example) throws IOException {
    Matcher name = NAME.matcher(String.valueOf(example.getFileName()));
    assertThat(name.matches()).as("name of %s", example).isTrue();
    String rule = ruleOf(example);

    Outcome outcome =
        engine.evaluate(Examples.read(example)).stream()
            .filter(o -> o.rule().equals(rule))
            .findAny()
            .orElseThrow();

    assertThat(outcome.kind().word()).as(outcome.message()).isEqualTo(name.group(1));
    if (!name.group(1).equals("pass")) {
      assertThat(outcome.message()).matches("[A-Z0-9].*\\.").hasSizeLessThan(400);
    }
    if (name.group(1).equals("fail")) {
      assertThat(outcome.evidence().propertyNames()).contains("found", "allowed");
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsValidAgainstTheSchema(Path example) throws IOException {
    List<Error> errors =
        schema.validate(
            Files.readString(example),
            InputFormat.JSON,
            context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)));
    assertThat(errors).isEmpty();
  }

  @Test
  void everyRuleHasAnExampleThatFailsAndOneThatDoesNot() {
    Map<String, List<String>> byRule =
        Examples.all().stream()
            .collect(
                Collectors.groupingBy(
                    example -> nameOf(example.resolve("../..").normalize()),
                    Collectors.mapping(e -> String.valueOf(e.getFileName()), Collectors.toList())));
    assertThat(byRule).hasSameSizeAs(engine.rules());
    byRule.forEach((rule, names) ->
        assertThat(names)
            .as(rule)
            .anyMatch(name -> name.startsWith("pass-") || name.startsWith("not-applicable-")));
    // These fail only where a list is configured, see PolicySettingsTest.
    List.of("base/not_approved", "base/registry", "pkg/required", "user/labels")
        .forEach(byRule::remove);
    byRule.forEach(
        (rule, names) -> assertThat(names).as(rule).anyMatch(name -> name.startsWith("fail-")));
  }

  /** {@code tool/shell}. */
  private static String nameOf(Path rule) {
    return rule.subpath(rule.getNameCount() - 2, rule.getNameCount()).toString().replace('\\', '/');
  }

  private static String ruleOf(Path example) throws IOException {
    Path directory = example.resolve("../..").normalize();
    Path source = directory.resolve(directory.getFileName() + ".rego");
    Matcher id = ID.matcher(Files.readString(source));
    assertThat(id.find()).as("id in %s", source).isTrue();
    return id.group(1);
  }
}
