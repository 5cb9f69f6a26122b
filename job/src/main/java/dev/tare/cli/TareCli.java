package dev.tare.cli;

import dev.tare.cli.command.CommandTree;
import dev.tare.cli.option.Configuration;
import dev.tare.cli.option.Context;
import dev.tare.cli.option.GlobalOptions;
import dev.tare.cli.terminal.OneLine;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import dev.tare.text.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.InitializationException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses a command line, runs the command, and turns every failure into one clear message and a
 * documented exit status.
 */
public final class TareCli {
  /** The beginning of a database's URL and all behind it: a password may be there. */
  private static final Pattern DATABASE =
      Pattern.compile("(jdbc:|postgres(?:ql)?://).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Terminal terminal;
  private final Runnable logEverything;
  private final GlobalOptions options = new GlobalOptions();
  private final StopSignal stop;
  private final Context context;
  private final CommandTree commands;
  private @Nullable Configuration configuration;

  /**
   * Commands that open the state with this factory.
   *
   * @param logEverything raises what is logged; called at most once, before the command runs
   * @param stop ends commands early where it is raised
   */
  public TareCli(
      Terminal terminal,
      JobsFactory factory,
      Runnable logEverything,
      StopSignal stop,
      String version) {
    this.terminal = terminal;
    this.logEverything = logEverything;
    this.stop = stop;
    this.context = new Context(terminal, factory, stop, this::configuration, options);
    this.commands = new CommandTree(context, options, version);
  }

  /**
   * Runs one command line; the number the process is to end with. Whoever stops a command is told
   * so, also where it comes to its end all the same.
   */
  public int run(String... arguments) {
    int status = execute(arguments);
    return stop.isRaised() ? ExitStatus.INTERRUPTED.code() : status;
  }

  private int execute(String... arguments) {
    try {
      ParseResult parsed = parse(arguments);
      Integer help = CommandLine.executeHelpRequest(parsed);
      if (help != null) {
        return help;
      }
      if (options.verbose) {
        logEverything.run();
      }
      return call(parsed);
    } catch (ParameterException e) {
      return e.getCause() instanceof TareException known ? failed(known) : misused(e);
    } catch (Exception | Error e) {
      return failed(Shortage.explained(e));
    }
  }

  /**
   * Reads a command line, and what it leaves out from the environment and the configuration. Which
   * file that is stands in the command line, so picocli reads it twice: what is wrong in it comes
   * before what is wrong in the file, and nothing keeps help from being shown.
   *
   * @throws ParameterException where it cannot be understood, help asked for or not
   */
  ParseResult parse(String... arguments) {
    CommandLine root = commands.of(arguments);
    root.setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpWidth(Math.min(terminal.width(), 110))
        .setUsageHelpAutoWidth(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    CommandTree.each(root, command -> command.getCommandSpec().parser().collectErrors(true));
    ParseResult named = parseWithFiles(root, arguments);
    if (isUnderstood(named) && !options.help && !options.version) {
      Configuration values = configuration();
      CommandTree.each(root, command -> command.setDefaultValueProvider(values));
    }
    CommandTree.each(root, command -> command.getCommandSpec().parser().collectErrors(false));
    // Files of arguments have been read: some can be read only once.
    ParseResult parsed =
        root.setExpandAtFiles(false).parseArgs(named.expandedArgs().toArray(String[]::new));
    for (CommandLine command : parsed.asCommandLineList()) {
      // picocli lets them pass where help is asked for.
      if (!command.getUnmatchedArguments().isEmpty()) {
        throw new UnmatchedArgumentException(command, command.getUnmatchedArguments());
      }
    }
    return parsed;
  }

  /** Files of arguments are read here; picocli takes one that cannot be for a defect. */
  private static ParseResult parseWithFiles(CommandLine root, String... arguments) {
    try {
      return root.parseArgs(arguments);
    } catch (InitializationException e) {
      if (e.getCause() instanceof IOException unread) {
        throw new ParameterException(root, "read arguments: " + FileReason.of(unread), e);
      }
      throw e;
    }
  }

  /** What is missing may stand in the configuration. */
  private static boolean isUnderstood(ParseResult parsed) {
    return parsed.asCommandLineList().stream()
        .flatMap(command -> command.getParseResult().errors().stream())
        .allMatch(MissingParameterException.class::isInstance);
  }

  /** What the file says that the command line names; only for what needs its values. */
  private Configuration configuration() {
    Configuration read = configuration;
    if (read == null) {
      read = Configuration.read(options.config, terminal.environment(), commands::optionNames);
      configuration = read;
    }
    return read;
  }

  private static int call(ParseResult parsed) throws Exception {
    CommandLine command = parsed.asCommandLineList().getLast();
    return ((ExitStatus) ((Callable<?>) command.getCommand()).call()).code();
  }

  private static ExitStatus status(Throwable failure) {
    return failure instanceof TareException known ? ExitStatus.of(known.kind()) : ExitStatus.FAILED;
  }

  private int failed(Throwable failure) {
    Palette palette = terminal.palette(options.colour);
    List<String> lines = new ArrayList<>();
    switch (failure) {
      case StoppedException stopped -> lines.add(String.valueOf(stopped.getMessage()));
      // Whatever fails then fails because of that.
      case Exception other when stop.isRaised() -> lines.add("interrupted");
      case TareException known -> {
        lines.add(palette.error("tare: ") + OneLine.of(String.valueOf(known.getMessage())));
        String hint = known.hint();
        if (hint != null) {
          lines.add("      " + OneLine.of(hint));
        }
      }
      default -> {
        lines.add(palette.error("tare: ") + "unexpected: " + OneLine.of(failure.toString()));
        lines.add("      This is a defect. Run again with -v and report what it prints.");
      }
    }
    lines.forEach(terminal.err()::println);
    if (options.verbose) {
      failure.printStackTrace(terminal.err());
    }
    return status(failure).code();
  }

  private int misused(ParameterException failure) {
    Palette palette = terminal.palette(options.colour);
    String help =
        failure.getCommandLine().getCommandSpec().qualifiedName()
            + " --help shows what is possible.";
    terminal
        .err()
        .println(
            palette.error("tare: ")
                + OneLine.of(withoutDatabases(source(failure) + problem(failure))));
    terminal.err().println("      " + meant(failure) + help);
    return ExitStatus.USAGE.code();
  }

  /** Where a value stands that cannot be used, unless on the command line. */
  private String source(ParameterException failure) {
    // The configuration is read only where all of the command line has been understood.
    return configuration != null
            && failure.getArgSpec() != null
            && !(failure instanceof MissingParameterException)
        ? configuration.source(failure.getArgSpec()) + ": "
        : "";
  }

  private static String problem(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !failure.getCommandLine().getSubcommands().isEmpty()) {
      return "unknown command \"" + unmatched.getUnmatched().getFirst() + "\"";
    }
    return String.valueOf(failure.getMessage());
  }

  /** What somebody may have meant by an option or command that does not exist. */
  private static String meant(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().getFirst();
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    TreeSet<String> known = new TreeSet<>(spec.subcommands().keySet());
    known.addAll(spec.optionsMap().keySet());
    known.addAll(spec.negatedOptionsMap().keySet());
    // An option may have its value attached.
    List<String> near = Nearest.to(word.startsWith("-") ? word.split("=", 2)[0] : word, known);
    return near.isEmpty() ? "" : "Did you mean " + near.getFirst() + "? ";
  }

  /** What was misunderstood is quoted as it was typed, passwords in URLs of databases too. */
  private static String withoutDatabases(String message) {
    return DATABASE.matcher(message).replaceFirst("$1…");
  }
}
