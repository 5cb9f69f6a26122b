package dev.tare.cli;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Values for options that the command line leaves out: from the environment ({@code --fail-on} is
 * {@code TARE_FAIL_ON}), else from {@code tare.yaml} ({@code fail-on}).
 */
final class Configuration implements CommandLine.IDefaultValueProvider {
  /** Keys that are no options: policies read them. */
  static final String SETTINGS = "settings";

  private static final String TARGETS = "targets";
  private static final Path USUAL = Path.of("tare.yaml");

  private final Map<String, String> environment;
  private final JsonNode file;

  private Configuration(Map<String, String> environment, JsonNode file) {
    this.environment = environment;
    this.file = file;
  }

  /**
   * Reads the file that {@code --config} or {@code TARE_CONFIG} names, else {@code tare.yaml} in
   * the working directory where there is one.
   *
   * @param known the long names of all options of all commands, without dashes; asked for where
   *     there is a file
   * @throws TareException USAGE where the file cannot be read or holds an unknown key
   */
  static Configuration read(
      @Nullable String option, Map<String, String> environment, Supplier<Set<String>> known) {
    String named = option != null ? option : environment.get("TARE_CONFIG");
    Path path = named != null ? Path.of(named) : USUAL;
    if (named == null && !Files.exists(path)) {
      return new Configuration(environment, JsonNodeFactory.instance.objectNode());
    }
    JsonNode file = parse(path);
    Set<String> keys = new TreeSet<>(known.get());
    keys.add(SETTINGS);
    keys.add(TARGETS);
    for (String key : file.propertyNames()) {
      if (!keys.contains(key)) {
        throw new TareException(
            FailureKind.USAGE,
            "configuration " + path + ": unknown key \"" + key + "\"",
            suggestion(key, keys));
      }
    }
    return new Configuration(environment, file);
  }

  private static JsonNode parse(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new TareException(
          FailureKind.USAGE,
          "configuration " + path + ": no readable file",
          "Name an existing file with --config, or leave it out to use the defaults.");
    }
    try {
      JsonNode node = new YAMLMapper().readTree(Files.readAllBytes(path));
      if (node == null || node.isMissingNode() || node.isNull()) {
        return JsonNodeFactory.instance.objectNode();
      }
      if (!node.isObject()) {
        throw new TareException(
            FailureKind.USAGE,
            "configuration " + path + ": expected keys and values",
            "See config/tare.yaml for every key with its default.");
      }
      return node;
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr();
      // Without the cause: it quotes the file, in which the state's password may be.
      throw new TareException(
          FailureKind.USAGE,
          "configuration " + path + where + ": " + problem(e),
          "Mend the YAML; config/tare.yaml shows every key.");
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE, "configuration " + path + ": " + FileReason.of(e), null, e);
    }
  }

  /** What is wrong, without the indented lines that show where. */
  private static String problem(JacksonException failure) {
    return String.valueOf(failure.getOriginalMessage())
        .lines()
        .filter(line -> !line.startsWith(" "))
        .collect(Collectors.joining(", "));
  }

  private static String suggestion(String key, Set<String> keys) {
    List<String> near = Nearest.to(key, keys);
    return near.isEmpty()
        ? "Known keys: " + String.join(", ", keys) + "."
        : "Did you mean \"" + near.getFirst() + "\"?";
  }

  /** The part that policies read; an empty object where there is none. */
  JsonNode settings() {
    return file.path(SETTINGS).isObject()
        ? file.path(SETTINGS)
        : JsonNodeFactory.instance.objectNode();
  }

  /** The targets that the file names. */
  List<String> targets() {
    JsonNode node = file.path(TARGETS);
    return node.isArray()
        ? node.valueStream().map(JsonNode::asString).toList()
        : node.isString() ? List.of(node.stringValue()) : List.of();
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)
        || option.usageHelp()
        || option.versionHelp()
        || option.typeInfo().getType() == ListFormat.Kind.class) {
      return null; // How a listing is printed is no setting: format means the formats of reports.
    }
    String name = option.longestName().substring(2);
    String variable = "TARE_" + name.replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    return Optional.ofNullable(environment.get(variable)).orElseGet(() -> fromFile(name));
  }

  private @Nullable String fromFile(String name) {
    JsonNode node = file.get(name);
    if (node == null || node.isNull()) {
      return null;
    }
    return node.isArray()
        ? String.join(",", node.valueStream().map(JsonNode::asString).toList())
        : node.asString();
  }
}
