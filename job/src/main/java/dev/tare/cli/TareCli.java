package dev.tare.cli;

import dev.tare.error.TareException;
import dev.tare.stop.StopSignal;
import dev.tare.stop.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses a command line, runs the command, and turns every failure into one clear message and a
 * documented exit status.
 */
public final class TareCli {
  private static final Pattern DATABASE = Pattern.compile("(?i)jdbc:|postgres(?:ql)?://");

  private final Terminal terminal;
  private final GlobalOptions options = new GlobalOptions();
  private final StopSignal stop;
  private final Context context;
  private final CommandTree commands;
  private @Nullable Configuration configuration;

  /** Commands that open sessions with this factory, and end early where {@code stop} is raised. */
  public TareCli(Terminal terminal, SessionFactory sessions, StopSignal stop, String version) {
    this.terminal = terminal;
    this.stop = stop;
    this.context = new Context(terminal, sessions, stop, this::configuration, options);
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
      configuration =
          Configuration.read(
              named(arguments, "-c", "--config"), terminal.environment(), commands::optionNames);
    } catch (TareException e) {
      return failed(e);
    }
    Configuration values = configuration;
    CommandLine root = commands.of(arguments);
    CommandTree.each(root, command -> command.setDefaultValueProvider(values));
    return root.setOut(terminal.out())
        .setErr(terminal.err())
        .setUsageHelpWidth(Math.min(terminal.width(), 110))
        .setUsageHelpAutoWidth(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setExitCodeExceptionMapper(failure -> status(failure).code())
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure))
        .setParameterExceptionHandler(this::misused)
        .setExecutionStrategy(parsed -> {
          Integer help = CommandLine.executeHelpRequest(parsed);
          return help != null ? help : call(parsed);
        })
        .execute(arguments);
  }

  private static int call(ParseResult parsed) {
    CommandLine command = parsed.asCommandLineList().getLast();
    try {
      Object status = ((java.util.concurrent.Callable<?>) command.getCommand()).call();
      return status instanceof ExitStatus exit ? exit.code() : ExitStatus.OK.code();
    } catch (Exception e) {
      throw new CommandLine.ExecutionException(command, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The configuration decides defaults, so its name is needed before the rest of the command line
   * is parsed.
   */
  private static @Nullable String named(String[] arguments, String shortName, String longName) {
    for (int i = 0; i < arguments.length; i++) {
      if ((arguments[i].equals(shortName) || arguments[i].equals(longName))
          && i + 1 < arguments.length) {
        return arguments[i + 1];
      }
      if (arguments[i].startsWith(longName + "=")) {
        return arguments[i].substring(longName.length() + 1);
      }
    }
    return null;
  }

  private Configuration configuration() {
    Configuration read = configuration;
    if (read == null) {
      throw new IllegalStateException("asked for the configuration before it was read");
    }
    return read;
  }

  private static ExitStatus status(Throwable failure) {
    return failure instanceof TareException known ? ExitStatus.of(known.kind()) : ExitStatus.FAILED;
  }

  private int failed(Exception failure) {
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

  /** What somebody may have meant by an option or command that does not exist. */
  private static String meant(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    String word = unmatched.getUnmatched().getFirst();
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    TreeSet<String> known = new TreeSet<>(spec.subcommands().keySet());
    known.addAll(spec.optionsMap().keySet());
    List<String> near = Nearest.to(word, known);
    return near.isEmpty() ? "" : "Did you mean " + near.getFirst() + "? ";
  }

  /** What was misunderstood is quoted as it was typed, passwords in URLs of databases too. */
  private static String withoutDatabases(@Nullable String message, String[] given) {
    String shown = String.valueOf(message);
    for (String argument : given) {
      Matcher database = DATABASE.matcher(argument);
      if (database.find()) {
        shown = shown.replace(argument, argument.substring(0, database.end()) + "…");
      }
    }
    return shown;
  }

  private int misused(ParameterException failure, String[] given) {
    CommandLine command = failure.getCommandLine();
    if (failure.getCause() instanceof TareException known) {
      return failed(known);
    }
    String name = command.getCommandSpec().qualifiedName();
    Palette palette = terminal.palette(options.colour);
    terminal
        .err()
        .println(
            palette.error("tare: ") + OneLine.of(withoutDatabases(failure.getMessage(), given)));
    terminal.err().println("      " + meant(failure) + name + " --help shows what is possible.");
    return ExitStatus.USAGE.code();
  }
}
