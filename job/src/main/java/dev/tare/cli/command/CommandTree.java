package dev.tare.cli.command;

import dev.tare.cli.ExitStatus;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.GlobalOptions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * All commands with their options. A command line that begins with a command's name needs only that
 * one, and picocli takes long to learn the options of a command: the others are left out then.
 */
public final class CommandTree {
  private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
  private final GlobalOptions options;
  private final String version;
  private @Nullable CommandLine whole;

  public CommandTree(Context context, GlobalOptions options, String version) {
    this.options = options;
    this.version = version;
    commands.put("scan", () -> new CommandLine(new ScanCommand(context)));
    commands.put("inspect", () -> new CommandLine(new InspectCommand(context)));
    commands.put("diff", () -> new CommandLine(new DiffCommand(context)));
    commands.put("rebase", () -> new CommandLine(new RebaseCommand(context)));
    commands.put("lineage", () -> new CommandLine(new LineageCommand(context)));
    commands.put("bases", () -> BasesCommand.of(context));
    commands.put("vulnerabilities", () -> VulnerabilitiesCommand.of(context));
    commands.put("evaluate", () -> new CommandLine(new EvaluateCommand(context)));
    commands.put("plan", () -> new CommandLine(new PlanCommand(context)));
    commands.put("baseline", () -> new CommandLine(new BaselineCommand(context)));
    commands.put("report", () -> new CommandLine(new ReportCommand(context)));
    commands.put("runs", () -> RunsCommand.of(context));
    commands.put("tickets", () -> new CommandLine(new TicketsCommand(context)));
    commands.put("policy", () -> PolicyCommand.of(context));
    commands.put("demo", () -> new CommandLine(new DemoCommand(context)));
    commands.put("completion", () -> new CommandLine(new CompletionCommand(context, this::whole)));
  }

  /** The root, with at least the command that these arguments name. */
  public CommandLine of(String... arguments) {
    String named = whole == null ? named(arguments) : null;
    return named == null ? whole() : root(List.of(named));
  }

  /** The command whose options are enough to read these arguments; null where none is. */
  private @Nullable String named(String... arguments) {
    CommandSpec names =
        CommandSpec.create()
            .addMixin("global", CommandSpec.forAnnotatedObject(new GlobalOptions()));
    commands.keySet().forEach(name -> names.addSubcommand(name, CommandSpec.create()));
    try {
      ParseResult parsed =
          new CommandLine(names)
              .setUnmatchedArgumentsAllowed(true)
              .setExpandAtFiles(false) // Some can be read only once.
              .parseArgs(arguments);
      return parsed.unmatched().isEmpty()
              && parsed.hasSubcommand()
              && !parsed.isUsageHelpRequested()
          ? parsed.subcommand().commandSpec().name()
          : null;
    } catch (ParameterException e) {
      return null; // Said again, in words, by the command that it belongs to.
    }
  }

  /** The root with all commands. */
  public CommandLine whole() {
    if (whole == null) {
      whole = root(commands.keySet());
    }
    return whole;
  }

  /** The long names of all options of all commands, without dashes. */
  public Set<String> optionNames() {
    Set<String> names = new TreeSet<>();
    each(
        whole(),
        command ->
            command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(option -> option.longestName().substring(2))
                .forEach(names::add));
    names.remove("config");
    return names;
  }

  /** Does something with a command and with all below it. */
  public static void each(CommandLine command, Consumer<CommandLine> action) {
    action.accept(command);
    command.getSubcommands().values().forEach(sub -> each(sub, action));
  }

  private CommandLine root(Collection<String> names) {
    CommandLine root = new CommandLine(new TareCommand());
    root.getCommandSpec().addMixin("global", CommandSpec.forAnnotatedObject(options));
    commands.forEach((name, command) -> {
      if (names.contains(name)) {
        root.addSubcommand(name, command.get());
      }
    });
    each(root, this::prepare);
    return root;
  }

  private void prepare(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage()
        .sortOptions(false)
        .optionListHeading("%nOptions:%n")
        .descriptionHeading("%n");
    spec.usageMessage().parameterListHeading("%n").commandListHeading("%nCommands:%n");
    if (spec.parent() == null) {
      spec.version("tare " + version);
      Map<String, String> statuses = new LinkedHashMap<>();
      for (ExitStatus status : ExitStatus.values()) {
        statuses.put(Integer.toString(status.code()), status.meaning());
      }
      spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(statuses);
    }
  }
}
