package dev.tare.cli.option;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Values for options that the command line leaves out: from the environment ({@code --fail-on} is
 * {@code TARE_FAIL_ON}), else from {@code tare.yaml} ({@code fail-on}).
 */
public final class Configuration implements CommandLine.IDefaultValueProvider {
  /** Keys that are no options: policies read them. */
  public static final String SETTINGS = "settings";

  /**
   * Choices that are made with each command: {@code format} as a setting means the formats of
   * reports, and {@code vulnerabilities} whether a scan asks for feeds.
   */
  static final Set<Class<?>> NO_SETTINGS =
      Set.of(ListFormat.Kind.class, SharedFormat.Kind.class, MatchingTime.class);

  private static final String TARGETS = "targets";
  private static final Path USUAL = Path.of("tare.yaml");

  private final Map<String, String> environment;
  private final Path path;
  private final byte[] yaml;
  private final JsonNode file;

  private Configuration(Map<String, String> environment, Path path, byte[] yaml) {
    this.environment = environment;
    this.path = path;
    this.yaml = yaml;
    this.file = parse(path, yaml);
  }

  /**
   * Reads the file that {@code --config} or {@code TARE_CONFIG} names, else {@code tare.yaml} in
   * the working directory where there is one.
   *
   * @param known the long names of all options of all commands, without dashes; asked for where
   *     there is a file
   * @throws TareException USAGE where the file cannot be read or holds an unknown key
   */
  public static Configuration read(
      @Nullable String option, Map<String, String> environment, Supplier<Set<String>> known) {
    String named = option != null ? option : environment.get("TARE_CONFIG");
    Path path = named != null ? Path.of(named) : USUAL;
    boolean any = named != null || Files.exists(path);
    Configuration read = new Configuration(environment, path, any ? bytes(path) : new byte[0]);
    if (any) {
      read.check(known.get());
    }
    return read;
  }

  private void check(Set<String> options) {
    Set<String> keys = new TreeSet<>(options);
    keys.add(SETTINGS);
    keys.add(TARGETS);
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      String key = entry.getKey();
      JsonNode value = entry.getValue();
      if (!keys.contains(key)) {
        throw Usage.error(place(key) + ": unknown key \"" + key + "\"", suggestion(key, keys));
      }
      boolean fits =
          key.equals(SETTINGS)
              ? value.isObject()
              : value.isArray()
                  ? value.valueStream().allMatch(JsonNode::isValueNode)
                  : value.isValueNode();
      if (!fits && !value.isNull()) {
        throw Usage.error(
            place(key)
                + ": "
                + key
                + ": expected "
                + (key.equals(SETTINGS) ? "keys and values" : "a value or a list of values"),
            "See config/tare.yaml for every key with its default.");
      }
    }
  }

  private static byte[] bytes(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw Usage.error(
          "configuration " + path + ": no readable file",
          "Name an existing file with --config, or leave it out to use the defaults.");
    }
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.USAGE, "configuration " + path + ": " + FileReason.of(e), null, e);
    }
  }

  private static JsonNode parse(Path path, byte[] yaml) {
    if (yaml.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode node = new YAMLMapper().readTree(yaml);
      if (node == null || node.isMissingNode() || node.isNull()) {
        return JsonNodeFactory.instance.objectNode();
      }
      if (!node.isObject()) {
        throw Usage.error(
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
      throw Usage.error(
          "configuration " + path + where + ": " + problem(e),
          "Fix the YAML; config/tare.yaml shows every key.");
    }
  }

  /** Where a key of the file stands. */
  private String place(String key) {
    try (JsonParser tokens = new YAMLMapper().createParser(yaml)) {
      tokens.nextToken();
      while (tokens.nextToken() == JsonToken.PROPERTY_NAME) {
        if (tokens.currentName().equals(key)) {
          return "configuration " + path + " line " + tokens.currentTokenLocation().getLineNr();
        }
        tokens.nextToken();
        tokens.skipChildren();
      }
    }
    return "configuration " + path;
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
  public List<String> targets() {
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
        || NO_SETTINGS.contains(option.typeInfo().getType())) {
      return null;
    }
    String value = environment.get(variable(option));
    return unread(value != null ? value : fromFile(key(option)));
  }

  /** Where the value of an option comes from that the command line leaves out. */
  public String source(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return "configuration " + path;
    }
    return environment.containsKey(variable(option)) ? variable(option) : place(key(option));
  }

  private static String key(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static String variable(OptionSpec option) {
    return "TARE_" + key(option).replace('-', '_').toUpperCase(Locale.ROOT);
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

  /** picocli would read variables in a default, and reads none in what the command line says. */
  private static @Nullable String unread(@Nullable String value) {
    return value == null ? null : value.replace("$", "$$");
  }
}
