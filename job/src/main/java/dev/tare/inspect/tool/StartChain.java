package dev.tare.inspect.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The programs without which a container does not start: what its runtime executes, and what that
 * certainly executes in turn. Less than {@link StartedProgram} says: nothing that a script, a shell
 * or a wrapper does only under some condition.
 */
final class StartChain {
  /**
   * These start what follows their options: behind {@code --}, or at once where they have none. A
   * {@code --} behind a command is the command's.
   */
  private static final Set<String> WRAPPERS =
      Set.of("tini", "tini-static", "dumb-init", "catatonit", "docker-init", "nohup");

  private static final int DEEPEST = 6;

  /** One simple command with a path, whatever variables and quotes follow it. */
  private static final Pattern ONE_COMMAND =
      Pattern.compile(
          "\\s*(?:exec\\s+)?(/[A-Za-z0-9._/+@-]+)(?:\\s[^;&|<>()`\\n#]*)?", Pattern.DOTALL);

  private StartChain() {}

  /**
   * A program that is started.
   *
   * @param command as written: a path, or a name that is looked for
   * @param by the command that starts it; null where the runtime does
   */
  record Link(String command, @Nullable String by) {}

  /** The programs that this command starts, in their order; empty where it names none. */
  static List<Link> of(List<String> command) {
    List<Link> chain = new ArrayList<>();
    List<String> next = command;
    String by = null;
    while (!next.isEmpty() && !next.getFirst().isBlank() && chain.size() < DEEPEST) {
      chain.add(new Link(next.getFirst(), by));
      by = next.getFirst();
      next = behind(next);
    }
    return chain;
  }

  private static List<String> behind(List<String> command) {
    String name = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    if (arguments.isEmpty()) {
      return List.of();
    }
    String first = arguments.getFirst();
    if (StartedProgram.SHELLS.contains(name)) {
      return arguments.size() > 1 && first.matches("-[a-z]*c")
          ? ofText(arguments.get(1))
          : List.of();
    }
    if (WRAPPERS.contains(name)) {
      return first.startsWith("-")
          ? StartedProgram.behindDashes(arguments).orElse(List.of())
          : arguments;
    }
    if (StartedProgram.AS_USER.contains(name)) {
      return first.startsWith("-") ? List.of() : arguments.subList(1, arguments.size());
    }
    return name.equals("env") ? behindEnv(arguments) : List.of();
  }

  private static List<String> ofText(String text) {
    Matcher matcher = ONE_COMMAND.matcher(text);
    return matcher.matches() ? List.of(matcher.group(1)) : List.of();
  }

  /** {@code env A=b app}; not where it has options or another PATH. */
  private static List<String> behindEnv(List<String> arguments) {
    int first = 0;
    while (first < arguments.size()
        && StartedProgram.ASSIGNMENT.matcher(arguments.get(first)).matches()) {
      if (arguments.get(first).startsWith("PATH=")) {
        return List.of();
      }
      first++;
    }
    List<String> rest = arguments.subList(first, arguments.size());
    return rest.isEmpty() || rest.getFirst().startsWith("-") ? List.of() : rest;
  }
}
