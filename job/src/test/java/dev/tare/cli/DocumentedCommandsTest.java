package dev.tare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.command.CommandTree;
import dev.tare.cli.option.Configuration;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.GlobalOptions;
import dev.tare.stop.StopSignal;
import dev.tare.testing.TestImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.json.JsonMapper;

/** What documents promise, and Tare has: commands and options, rules. */
class DocumentedCommandsTest {
  private static final Path ROOT = TestImages.repository();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```");
  private static final Pattern SPAN = Pattern.compile("`((?:\\./)?tare [^`]+)`");
  private static final Pattern RULE = Pattern.compile("TARE-[A-Z]+-\\d{3}");

  /** What zsh, unlike sh, makes something else of, where it is typed without quotes. */
  private static final Pattern SURPRISING = Pattern.compile("[\\[\\]?*!]|(?:^|\\s)[#=]");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|\\$\\([^)]*\\)");

  private final CommandTree tree =
      new CommandTree(
          new Context(
              new Terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()),
              options -> {
                throw new AssertionError("opens a state");
              },
              new StopSignal(),
              () -> {
                throw new AssertionError("reads a configuration");
              },
              new GlobalOptions()),
          new GlobalOptions(),
          "1.2.3");

  static List<String> documents() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "charts/tare/README.md"),
              docs.filter(Files::isRegularFile).map(file -> ROOT.relativize(file).toString()))
          .sorted()
          .toList();
    }
  }

  private static String text(String document) throws IOException {
    return Files.readString(ROOT.resolve(document));
  }

  private static List<String> blockLines(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandsAreOnesThatTareHas(String document) throws IOException {
    String text = text(document);
    List<String> commands = new ArrayList<>(blockLines(text));
    SPAN.matcher(text).results().map(span -> span.group(1)).forEach(commands::add);
    for (String command : commands) {
      List<String> words = words(command);
      if (!words.isEmpty() && words.getFirst().matches("(\\./)?tare")) {
        parses(command, words.subList(1, words.size()));
      }
    }
  }

  private void parses(String command, List<String> arguments) {
    if (arguments.contains("COMMAND")) {
      return; // Stands for any.
    }
    CommandLine root = tree.whole();
    try {
      root.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.MissingParameterException e) {
      // Named in passing: the option is there, and takes a value.
    } catch (ParameterException e) {
      throw new AssertionError(command + ": " + e.getMessage(), e);
    }
  }

  /** The words of a line up to a comment; dots stand for a digest. */
  private static List<String> words(String line) {
    String whole = line.replace("sha256:…", "sha256:" + "0".repeat(64));
    List<String> words = new ArrayList<>();
    for (String word : whole.split("\\s+", -1)) {
      if (word.startsWith("#")) {
        break;
      }
      words.add(word.replaceAll("['\"]", ""));
    }
    return words;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandsMeanTheSameInZsh(String document) throws IOException {
    if (document.equals("docs/development.md")) {
      return; // For whoever changes Tare, with sh or bash.
    }
    for (String line : blockLines(text(document))) {
      assertThat(QUOTED.matcher(line).replaceAll(""))
          .as(document)
          .doesNotContainPattern(SURPRISING);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void rulesAreOnesOfTheLibrary(String document) throws IOException {
    Set<String> known = new TreeSet<>();
    RULE.matcher(Files.readString(ROOT.resolve("policies/tare/settings/data.json")))
        .results()
        .forEach(rule -> known.add(rule.group()));
    assertThat(RULE.matcher(text(document)).results().map(rule -> rule.group()))
        .allMatch(known::contains);
  }

  /** The chart's config holds the options of a scan, without those that the chart decides. */
  @Test
  void schemaOfTheChartKnowsTheOptionsOfAScan() throws IOException {
    Set<String> options = new TreeSet<>();
    Objects.requireNonNull(tree.whole().getSubcommands().get("scan"))
        .getCommandSpec()
        .options()
        .stream()
        .filter(option -> !option.usageHelp())
        .forEach(option -> options.add(option.longestName().substring(2)));
    options.removeAll(
        Set.of(
            "config",
            "output",
            "state",
            "policy",
            "waivers",
            "tickets",
            "tickets-project",
            "push-metrics",
            "digest",
            "digest-link",
            "apply-policy-reports",
            "policy-report-owner",
            "vulnerabilities",
            "vulnerabilities-max-age",
            "fail-on"));
    options.add(Configuration.SETTINGS);
    assertThat(
            new JsonMapper()
                .readTree(text("charts/tare/values.schema.json"))
                .at("/properties/config/properties")
                .propertyNames())
        .as("properties of config in charts/tare/values.schema.json")
        .containsExactlyInAnyOrderElementsOf(options);
  }
}
