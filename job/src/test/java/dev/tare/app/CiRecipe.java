package dev.tare.app;

import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a recipe for a CI system runs, read out of its file. */
final class CiRecipe {
  static final Path ROOT = TestImages.repository();

  /** {@code ${{ inputs.output }}} */
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*([\\w.-]+)\\s*}}");

  private static final Pattern SH = Pattern.compile("(?s)\\bsh '''(.*?)'''");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?m)^\\s+([A-Z_]+) = (credentials\\()?'([^']*)'");

  /**
   * A step.
   *
   * @param environment of its own
   */
  record Step(String commands, Map<String, String> environment) {}

  private CiRecipe() {}

  static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(Files.readString(ROOT.resolve(file)));
  }

  /**
   * The steps of action.yml.
   *
   * @param context what expressions stand for, {@code runner.temp}; an input that is not among it
   *     has its default
   */
  static List<Step> action(Map<String, String> context) throws IOException {
    JsonNode action = yaml("action.yml");
    Map<String, String> values = new HashMap<>();
    action
        .path("inputs")
        .properties()
        .forEach(input ->
            values.put("inputs." + input.getKey(), input.getValue().path("default").asString("")));
    values.putAll(context);
    return action
        .path("runs")
        .path("steps")
        .valueStream()
        .map(step -> {
          Map<String, String> environment = new HashMap<>();
          step.path("env")
              .properties()
              .forEach(one ->
                  environment.put(one.getKey(), evaluated(one.getValue().asString(), values)));
          return new Step(step.path("run").asString(), environment);
        })
        .toList();
  }

  private static String evaluated(String text, Map<String, String> values) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(expression -> {
          String value = values.get(expression.group(1));
          if (value == null) {
            throw new AssertionError("no value for " + expression.group());
          }
          return Matcher.quoteReplacement(value);
        });
  }

  /**
   * The job of gitlab.yml.
   *
   * @param predefined variables of GitLab, which those of the file refer to
   */
  static Step gitlab(Map<String, String> predefined) throws IOException {
    JsonNode file = yaml("docs/ci/gitlab.yml");
    Map<String, String> environment = new HashMap<>(predefined);
    List<String> longestFirst =
        predefined.keySet().stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    file.path("variables")
        .properties()
        .forEach(variable -> {
          String value = variable.getValue().asString();
          for (String name : longestFirst) {
            value = value.replace("$" + name, predefined.get(name));
          }
          environment.put(variable.getKey(), value);
        });
    return new Step(
        String.join(
            "\n", file.path("tare").path("script").valueStream().map(JsonNode::asString).toList()),
        environment);
  }

  /** The steps of the Jenkinsfile; of credentials there are a user and a password. */
  static List<Step> jenkins() throws IOException {
    String file = Files.readString(ROOT.resolve("docs/ci/Jenkinsfile"));
    Map<String, String> environment = new HashMap<>();
    for (Matcher one = ASSIGNMENT.matcher(file); one.find(); ) {
      if (one.group(2) == null) {
        environment.put(one.group(1), one.group(3));
      } else {
        environment.put(one.group(1) + "_USR", "somebody");
        environment.put(one.group(1) + "_PSW", "secret");
      }
    }
    return SH.matcher(file)
        .results()
        // As Groovy reads it.
        .map(step -> new Step(step.group(1).replace("\\\\", "\\"), environment))
        .toList();
  }
}
