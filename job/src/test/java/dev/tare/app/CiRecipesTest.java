package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.tare.report.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Recipes for CI systems: their files are what the systems take. */
class CiRecipesTest {
  @ParameterizedTest
  @CsvSource({
    "action.yml, github-actions, runs",
    "docs/ci/github.yml, github-workflows, jobs",
    "docs/ci/gitlab.yml, gitlab-ci, tare"
  })
  void yamlIsValidByItsSchema(String file, String name, String needed) throws IOException {
    Schema schema = Schemas.resource("/schemas/" + name + ".json");
    ObjectNode recipe = (ObjectNode) CiRecipe.yaml(file);
    assertThat(schema.validate(recipe.toString(), InputFormat.JSON)).isEmpty();

    recipe.put(needed, 7);

    assertThat(schema.validate(recipe.toString(), InputFormat.JSON)).isNotEmpty();
  }

  /** An expression inside a script would run what an input says. */
  @Test
  void inputsReachScriptsByTheEnvironmentAlone() throws IOException {
    JsonNode action = CiRecipe.yaml("action.yml");
    assertThat(action.path("runs").path("steps").valueStream())
        .isNotEmpty()
        .allSatisfy(step -> {
          assertThat(step.path("run").asString()).doesNotContain("${{");
          assertThat(step.path("shell").asString()).isEqualTo("bash");
        });
    JsonNode steps = CiRecipe.yaml("docs/ci/github.yml").path("jobs").path("tare").path("steps");
    assertThat(steps.valueStream())
        .allSatisfy(step -> assertThat(step.path("run").asString("")).doesNotContain("${{"));
  }

  @Test
  void workflowGivesTheActionInputsThatItHas() throws IOException {
    JsonNode inputs = CiRecipe.yaml("action.yml").path("inputs");
    JsonNode steps = CiRecipe.yaml("docs/ci/github.yml").path("jobs").path("tare").path("steps");
    assertThat(
            steps
                .valueStream()
                .filter(step -> step.path("uses").asString("").contains("/tare@"))
                .flatMap(step -> step.path("with").properties().stream())
                .map(Map.Entry::getKey))
        .isNotEmpty()
        .allMatch(inputs::has);
    assertThat(inputs.path("output").path("default").asString()).isEqualTo("tare-report");
    assertThat(inputs.path("state").path("default").asString()).isEqualTo(".tare-state");
  }

  /** There is no schema of pipelines of Jenkins. */
  @Test
  void pipelineOfJenkinsIsClosedWhereItIsOpened() throws IOException {
    String pipeline =
        Files.readString(CiRecipe.ROOT.resolve("docs/ci/Jenkinsfile"))
            .replaceAll("(?s)'''.*?'''|'[^'\n]*'|//[^\n]*", "");
    int depth = 0;
    for (int at = 0; at < pipeline.length(); at++) {
      char c = pipeline.charAt(at);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      assertThat(depth).isNotNegative();
    }
    assertThat(depth).isZero();
    assertThat(pipeline).contains("pipeline {", "agent any", "stages {", "post {", "junit ");
  }

  /** What stands for somebody's own servers and names; a line of any other place says nothing. */
  @Test
  void whatEverybodyHasToChangeIsMarked() throws IOException {
    for (String file : List.of("github.yml", "gitlab.yml", "Jenkinsfile")) {
      List<String> lines =
          Files.readAllLines(CiRecipe.ROOT.resolve("docs/ci").resolve(file)).stream()
              .filter(line ->
                  line.matches(
                      ".*(\\.example\\.com|acme/|credentials\\(|TARGETS[:=]| registry:).*"))
              .toList();
      assertThat(lines).as(file).isNotEmpty().allMatch(line -> line.contains(" CHANGE"));
    }
  }

  /** Variables of a job would win over those of the file that includes it. */
  @Test
  void variablesOfGitLabCanBeSetByTheFileThatIncludesIt() throws IOException {
    JsonNode recipe = CiRecipe.yaml("docs/ci/gitlab.yml");
    assertThat(recipe.path("variables").has("TARE_ARCHIVE")).isTrue();
    assertThat(recipe.path("tare").has("variables")).isFalse();
  }

  @Test
  void commentIsWrittenOnlyWhereThereIsASummary() throws IOException {
    JsonNode steps = CiRecipe.yaml("docs/ci/github.yml").path("jobs").path("tare").path("steps");
    assertThat(
            steps
                .valueStream()
                .filter(step -> step.path("run").asString("").contains("summary.md")))
        .singleElement()
        .satisfies(step ->
            assertThat(step.path("if").asString())
                .contains("hashFiles('tare-report/summary.md') != ''"));
  }
}
