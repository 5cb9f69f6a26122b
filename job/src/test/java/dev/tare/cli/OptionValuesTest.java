package dev.tare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.cli.command.CommandTree;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.GlobalOptions;
import dev.tare.cli.option.ListFormat;
import dev.tare.cli.option.MatchingTime;
import dev.tare.cli.option.SharedFormat;
import dev.tare.stop.StopSignal;
import dev.tare.testing.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How options get their values: every option of every command, in every way and spelling. */
class OptionValuesTest {
  private static final int USAGE = 2;

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private boolean logged;

  private TareCli tare(Map<String, String> environment) {
    return new TareCli(
        new Terminal(out, err, environment),
        options -> {
          throw new AssertionError("opens the state " + options.state());
        },
        () -> logged = true,
        new StopSignal(),
        "1.2.3");
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    return tare(environment).run(arguments);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The specifications of all commands. */
  private static List<CommandSpec> specs() {
    Terminal terminal =
        new Terminal(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of());
    GlobalOptions options = new GlobalOptions();
    Context context =
        new Context(
            terminal,
            choice -> {
              throw new AssertionError();
            },
            new StopSignal(),
            () -> {
              throw new AssertionError();
            },
            options);
    List<CommandSpec> specs = new ArrayList<>();
    CommandTree.each(
        new CommandTree(context, options, "1").whole(), one -> specs.add(one.getCommandSpec()));
    return specs;
  }

  private static List<String> words(CommandSpec spec) {
    return List.of(spec.qualifiedName().split(" ")).stream().skip(1).toList();
  }

  static Stream<String> commands() {
    return specs().stream().map(CommandSpec::qualifiedName);
  }

  static CommandSpec spec(String command) {
    return specs().stream()
        .filter(spec -> spec.qualifiedName().equals(command))
        .findAny()
        .orElseThrow();
  }

  private static List<OptionSpec> settable(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp())
        .filter(option -> option.typeInfo().getType() != ListFormat.Kind.class)
        .filter(option -> option.typeInfo().getType() != SharedFormat.Kind.class)
        .filter(option -> option.typeInfo().getType() != MatchingTime.class)
        .filter(option -> !option.longestName().equals("--config"))
        .toList();
  }

  /** The command with what it cannot do without, unless that is this option. */
  private static List<String> least(CommandSpec spec, @Nullable OptionSpec besides) {
    List<String> words = new ArrayList<>(words(spec));
    for (OptionSpec option : spec.options()) {
      if (option.required() && !option.equals(besides)) {
        words.addAll(List.of(option.longestName(), values(option).getFirst()));
      }
    }
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      for (int i = 0; i < positional.arity().min(); i++) {
        words.add(values(positional).getFirst());
      }
    }
    return words;
  }

  /** Three different values that an option takes; two of a closed choice may be the same. */
  private static List<String> values(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    if (type.isEnum()) {
      List<String> names =
          Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
      return List.of(names.getLast(), names.getFirst(), names.getLast());
    }
    if (type == LocalDate.class) {
      return List.of("2027-01-01", "2027-02-01", "2027-03-01");
    }
    return type == int.class || type == Integer.class
        ? List.of("7", "8", "9")
        : List.of("one", "two", "three");
  }

  private static String shown(Object value) {
    return value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  private CommandSpec parsed(
      Map<String, String> environment, List<String> command, String... more) {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(more));
    return tare(environment)
        .parse(arguments.toArray(String[]::new))
        .asCommandLineList()
        .getLast()
        .getCommandSpec();
  }

  private String value(
      String option, Map<String, String> environment, List<String> command, String... more) {
    return shown(parsed(environment, command, more).findOption(option).getValue());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("settings.yaml"), content);
  }

  private static String variable(String key) {
    return "TARE_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** The options that every command has, in all their spellings for one command only. */
  private static boolean spelled(CommandSpec spec, OptionSpec option) {
    return !option.inherited() || spec.qualifiedName().equals("tare scan");
  }

  private static List<String> tried(OptionSpec option) {
    return option.typeInfo().isBoolean() ? List.of("true", "false", "true") : values(option);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void environmentWinsOverTheFile(String name) throws IOException {
    CommandSpec spec = spec(name);
    StringBuilder file = new StringBuilder();
    Map<String, String> environment = new HashMap<>();
    for (OptionSpec option : settable(spec)) {
      String key = option.longestName().substring(2);
      file.append(key).append(": ").append(tried(option).get(0)).append('\n');
      environment.put(variable(key), tried(option).get(1));
    }
    List<String> command = least(spec, null);
    String config = "--config=" + file(file.toString());
    CommandSpec ofFile = parsed(Map.of(), command, config);
    CommandSpec ofBoth = parsed(environment, command, config);
    for (OptionSpec option : settable(spec)) {
      if (!option.required()) { // Those are in the command already.
        String longName = option.longestName();
        assertThat(shown(ofFile.findOption(longName).getValue()))
            .as("%s %s: file", name, longName)
            .isEqualTo(tried(option).get(0));
        assertThat(shown(ofBoth.findOption(longName).getValue()))
            .as("%s %s: environment over file", name, longName)
            .isEqualTo(tried(option).get(1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandLineWinsOverEnvironmentAndThatOverTheFile(String name) throws IOException {
    CommandSpec spec = spec(name);
    for (OptionSpec option : settable(spec)) {
      if (!spelled(spec, option)) {
        continue;
      }
      String longName = option.longestName();
      String key = longName.substring(2);
      List<String> command = least(spec, option);
      boolean flag = option.typeInfo().isBoolean();
      List<String> values = tried(option);
      String config = "--config=" + file(key + ": " + values.get(0) + "\n");
      Map<String, String> environment = Map.of(variable(key), values.get(1));
      if (option.required()) {
        assertThat(value(longName, Map.of(), command, config)).as(key).isEqualTo(values.get(0));
        assertThat(value(longName, environment, command, config)).as(key).isEqualTo(values.get(1));
      }
      for (String[] spelling : flag ? flags(option) : spellings(option, values.get(2))) {
        assertThat(value(longName, environment, command, spelling))
            .as("%s %s over environment", name, String.join(" ", spelling))
            .isEqualTo(values.get(2));
      }
      if (flag) {
        assertFlagThatIsSetCanBeSetAndUnset(option, command, config);
      }
    }
  }

  private void assertFlagThatIsSetCanBeSetAndUnset(
      OptionSpec option, List<String> command, String config) {
    String name = option.longestName();
    String negative =
        name.startsWith("--no-") ? name.replace("--no-", "--") : name.replace("--", "--no-");
    assertThat(value(name, Map.of(), command, config, name)).as(name).isEqualTo("true");
    assertThat(value(name, Map.of(), command, config, negative)).as(negative).isEqualTo("false");
    assertThat(value(name, Map.of(), command, config, name + "=false")).as(name).isEqualTo("false");
  }

  private static List<String[]> flags(OptionSpec option) {
    return Arrays.stream(option.names()).map(name -> new String[] {name}).toList();
  }

  private List<String[]> spellings(OptionSpec option, String value) throws IOException {
    List<String[]> spellings = new ArrayList<>();
    for (String name : option.names()) {
      spellings.add(new String[] {name, value});
      spellings.add(new String[] {name + "=" + value});
      if (name.length() == 2) {
        spellings.add(new String[] {name + value});
        spellings.add(new String[] {"-q" + name.charAt(1), value});
        spellings.add(new String[] {"-q" + name.charAt(1) + value});
      }
    }
    Path file =
        Files.writeString(directory.resolve("words"), option.longestName() + " '" + value + "'\n");
    spellings.add(new String[] {"@" + file});
    return spellings;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-c F policy list",
        "-cF policy list",
        "-c=F policy list",
        "--config F policy list",
        "--config=F policy list",
        "-qc F policy list",
        "policy -qcF list",
        "policy list -qc=F",
        "policy list -vqc F",
        "policy list --config=F",
        "@A policy list",
        "policy list @A",
      })
  void configurationIsReadHoweverItIsNamed(String words) throws IOException {
    Path config = file("color: never\nprofile: dev\n");
    Path arguments = Files.writeString(directory.resolve("a"), "# which\n-c\n\"" + config + "\"\n");
    String[] line =
        words.replace("F", config.toString()).replace("A", arguments.toString()).split(" ");
    assertThat(value("--profile", Map.of(), List.of(line))).isEqualTo("dev");
    assertThat(value("--color", Map.of(), List.of(line))).isEqualTo("never");
    file("profiel: dev\n");
    assertThat(run(Map.of(), line)).isEqualTo(USAGE);
    assertThat(err())
        .startsWith("tare: configuration " + config + " line 1: unknown key \"profiel\"")
        .contains("Did you mean \"profile\"?");
  }

  @Test
  void configurationOfTheEnvironmentIsReadUnlessAnotherIsNamed() throws IOException {
    Map<String, String> environment = Map.of("TARE_CONFIG", file("profile: dev\n").toString());
    Path other = Files.writeString(directory.resolve("other.yaml"), "profile: base\n");
    List<String> list = List.of("policy", "list");
    assertThat(value("--profile", environment, list)).isEqualTo("dev");
    assertThat(value("--profile", environment, list, "-c" + other)).isEqualTo("base");
  }

  @Test
  void argumentsThatCanBeReadOnlyOnceAreReadOnce() throws Exception {
    Path config = file("profile: dev\n");
    Path pipe = directory.resolve("pipe");
    Programs.run("mkfifo", pipe.toString());
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Files.writeString(pipe, "-c " + config + "\n");
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(value("--profile", Map.of(), List.of("policy", "list", "@" + pipe)))
        .isEqualTo("dev");
    writer.join();
  }

  @Test
  void everythingIsLoggedHoweverThatIsAskedFor() throws IOException {
    Path config = file("verbose: true\n");
    assertThat(logs(Map.of())).isFalse();
    assertThat(logs(Map.of(), "-v")).isTrue();
    assertThat(logs(Map.of(), "--verbose")).isTrue();
    assertThat(logs(Map.of(), "-qv")).isTrue();
    assertThat(logs(Map.of("TARE_VERBOSE", "true"))).isTrue();
    assertThat(logs(Map.of(), "-qc" + config)).isTrue();
    assertThat(logs(Map.of("TARE_VERBOSE", "false"), "-c" + config)).isFalse();
    assertThat(logs(Map.of("TARE_VERBOSE", "true"), "--no-verbose")).isFalse();
  }

  private boolean logs(Map<String, String> environment, String... options) {
    logged = false;
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("bases");
    arguments.add("list");
    assertThat(run(environment, arguments.toArray(String[]::new))).as(err()).isZero();
    return logged;
  }

  @Test
  void valuesThatLookLikeVariablesAreTakenAsTheyStand() throws IOException {
    String literal = "a${env:HOME}b$${x}${sys:user.name}$$1";
    Path config = file("state: '" + literal + "'\n");
    assertThat(value("--state", Map.of(), List.of("runs", "-c", config.toString())))
        .isEqualTo(literal);
    assertThat(value("--state", Map.of("TARE_STATE", literal), List.of("runs"))).isEqualTo(literal);
    assertThat(value("--state", Map.of(), List.of("runs", "--state", literal))).isEqualTo(literal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fail-on: {low: 1} | line 2: fail-on: expected a value",
        "include: [{a: b}] | line 2: include: expected a value or a list of values",
        "settings: text | line 2: settings: expected keys and values",
        "targets: {a: b} | line 2: targets: expected a value or a list of values",
        "fail-on: bogus | line 2: Invalid value for option '--fail-on'",
        "strict: sometimes | line 2: Invalid value for option '--strict'",
        "tags: many | line 2: Invalid value for option '--tags'",
        "config: x.yaml | line 2: unknown key \"config\"",
        "help: true | line 2: unknown key \"help\"",
      })
  void valueThatCannotBeIsRefusedWithItsLine(String line, String message) throws IOException {
    Path config = file("# mine\n" + line + "\n");
    assertThat(run(Map.of(), "scan", "localhost:1", "-c", config.toString())).isEqualTo(USAGE);
    assertThat(err()).startsWith("tare: configuration " + config + " " + message).hasLineCount(2);
  }

  @Test
  void valueOfTheEnvironmentThatCannotBeIsRefusedWithItsName() {
    assertThat(run(Map.of("TARE_FAIL_ON", "bogus"), "scan", "localhost:1")).isEqualTo(USAGE);
    assertThat(err()).startsWith("tare: TARE_FAIL_ON: Invalid value").hasLineCount(2);
  }

  @Test
  void nothingKeepsHelpFromBeingShown() throws IOException {
    String config = "-c" + file("no: yaml: at: all\n");
    Map<String, String> environment = Map.of("TARE_FAIL_ON", "bogus", "TARE_COLOR", "bogus");
    assertThat(run(environment, "scan", config, "--help")).as(err()).isZero();
    assertThat(run(environment, config, "--help")).as(err()).isZero();
    assertThat(run(environment, config, "--version")).as(err()).isZero();
    assertThat(run(environment, "runs", "prune", config, "-h")).as(err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scna",
        "scna --help",
        "--help scna",
        "-v scna --help",
        "-qvh scna",
        "scna x -h",
        "scna --version",
        "-V scna",
        "help scna",
        "-- scna",
      })
  void unknownCommandIsAnErrorHoweverItIsAsked(String words) {
    assertThat(run(Map.of(), words.split(" "))).isEqualTo(USAGE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err()).startsWith("tare: unknown command \"").hasLineCount(2);
  }

  /** Other commands have options of the same name that mean something else. */
  @ParameterizedTest
  @MethodSource("commands")
  void whatIsConfiguredForScansKeepsNoCommandFromRunning(String command) throws IOException {
    String scan =
        settable(spec("tare scan")).stream()
            .map(option ->
                option.longestName().substring(2)
                    + ": "
                    + (option.arity().max() == 0 ? "true" : values(option).getFirst())
                    + "\n")
            .collect(Collectors.joining());
    assertThat(scan).contains("format: ");
    Path file = file(scan.replace("format: one", "format: html,json"));

    assertThat(parsed(Map.of(), least(spec(command), null), "-c", file.toString())).isNotNull();
  }

  @Test
  void fileOfArgumentsThatCannotBeReadIsMisuse(@TempDir Path directory) {
    assertThat(run(Map.of(), "plan", "@" + directory)).isEqualTo(USAGE);
    assertThat(err()).startsWith("tare: read arguments: " + directory).hasLineCount(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scna --help | unknown command \"scna\" | Did you mean scan? tare --help",
        "polcy lst --help | unknown command \"polcy\" | Did you mean policy?",
        "policy lst --help | unknown command \"lst\" | Did you mean list? tare policy --help",
        "policy --help lst | unknown command \"lst\" | Did you mean list?",
        "bases lern x -h | unknown command \"lern\" | Did you mean learn?",
        "runs prnue --help | unknown command \"prnue\" | Did you mean prune?",
        "help policy | unknown command \"help\" | Did you mean --help?",
        "scan --fial-on low --help | Unknown option: '--fial-on' | Did you mean --fail-on?",
        "scan --fial-on=low --help | Unknown option: '--fial-on=low' | Did you mean --fail-on?",
        "--hlep scan | Unknown option: '--hlep' | Did you mean --help?",
        "runs --no-quite -h | Unknown option: '--no-quite' | Did you mean --no-quiet?",
        "policy show X Y --help | Unmatched argument at index 3: 'Y' | tare policy show --help",
      })
  void whatIsNotKnownIsAnErrorBesideHelpToo(String words, String message, String hint) {
    assertThat(run(Map.of(), words.split(" "))).isEqualTo(USAGE);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(err()).startsWith("tare: " + message).contains(hint).hasLineCount(2);
  }

  @Test
  void targetMayHaveAnyName() {
    assertThat(run(Map.of(), "scan", "nonsense", "--help")).as(err()).isZero();
    assertThat(run(Map.of(), "scan", "policy", "--help")).as(err()).isZero();
  }

  @Test
  void digestTakesAnAddressThatIsNeverQuoted() {
    assertThat(run(Map.of(), "scan", "localhost:5000", "--digest", "slack")).isEqualTo(USAGE);
    assertThat(err()).contains("there is no address", "TARE_DIGEST_URL");
    assertThat(
            run(
                Map.of("TARE_DIGEST_URL", "http://hooks.example.com/s3cret"),
                "scan",
                "localhost:5000",
                "--digest=teams"))
        .isEqualTo(USAGE);
    assertThat(err()).contains("not sent over http").doesNotContain("s3cret");
    Map<String, String> address = Map.of("TARE_DIGEST_URL", "https://hooks.example.com/s3cret");
    assertThat(run(address, "scan", "localhost:5000", "--digest=json")).isEqualTo(USAGE);
    assertThat(err()).contains("no secret", "TARE_DIGEST_TOKEN").doesNotContain("s3cret");
    assertThat(
            run(address, "scan", "localhost:5000", "--digest=slack", "--digest-link=report.html"))
        .isEqualTo(USAGE);
    assertThat(err()).contains("--digest-link", "https://");
    assertThat(run(address, "demo", "--digest=slack")).isEqualTo(USAGE);
    assertThat(run(address, "evaluate", "--digest=slack")).isEqualTo(USAGE);
  }

  @Test
  void trackerTakesAProjectAndATokenThatIsNeverQuoted() throws IOException {
    String project = "https://git.example.com/team/tickets";
    Path empty = Files.createFile(directory.resolve("empty"));
    Path token = Files.writeString(directory.resolve("token"), "t0p s3cret\n");

    assertThat(run(Map.of(), "scan", "localhost:5000", "--tickets", "gitea")).isEqualTo(USAGE);
    assertThat(err()).contains("no project is named", "--tickets-project");
    for (Map<String, String> environment :
        List.of(
            Map.<String, String>of(),
            Map.of("TARE_TICKETS_TOKEN", " "),
            Map.of("TARE_TICKETS_TOKEN_FILE", empty.toString(), "TARE_TICKETS_TOKEN", "other"))) {
      assertThat(
              run(
                  environment,
                  "scan",
                  "localhost:5000",
                  "--tickets=github",
                  "--tickets-project=" + project))
          .isEqualTo(USAGE);
      assertThat(err()).contains("there is no token", "TARE_TICKETS_TOKEN");
    }
    assertThat(
            run(
                Map.of("TARE_TICKETS_TOKEN_FILE", token.toString(), "TARE_TICKETS", "gitea"),
                "scan",
                "localhost:5000",
                "--tickets-project=" + project))
        .isEqualTo(USAGE);
    assertThat(err()).contains("expected one word").doesNotContain("s3cret");
    assertThat(
            run(
                Map.of("TARE_TICKETS_TOKEN", "t0p"),
                "scan",
                "localhost:5000",
                "--tickets=gitea",
                "--tickets-project=http://git.example.com/team/tickets"))
        .isEqualTo(USAGE);
    assertThat(err()).contains("not sent over http");
    assertThat(
            run(
                Map.of("TARE_TICKETS_TOKEN", "whsec_s3cret"),
                "scan",
                "localhost:5000",
                "--tickets=webhook",
                "--tickets-project=https://hooks.example.com/tare"))
        .isEqualTo(USAGE);
    assertThat(err()).contains("secret of the webhook", "openssl").doesNotContain("s3cret");
    assertThat(
            run(
                Map.of(),
                "scan",
                "localhost:5000",
                "--tickets=webhook",
                "--tickets-project=https://hooks.example.com/tare"))
        .isEqualTo(USAGE);
    assertThat(err()).contains("there is no secret");
    assertThat(
            run(
                Map.of("TARE_TICKETS_TOKEN", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                "scan",
                "localhost:5000",
                "--tickets=webhook",
                "--tickets-project=https://hooks.example.com/tare?key=k3y"))
        .isEqualTo(USAGE);
    assertThat(err()).contains("nothing behind the path").doesNotContain("k3y");
    assertThat(run(Map.of("TARE_TICKETS", "none"), "tickets")).isEqualTo(USAGE);
    assertThat(err()).contains("--tickets none");
    assertThat(run(Map.of(), "demo", "--tickets=gitea")).isEqualTo(USAGE);
    assertThat(err()).contains("stay in files");
  }
}
