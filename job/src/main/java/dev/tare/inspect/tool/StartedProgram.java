package dev.tare.inspect.tool;

import dev.tare.inspect.content.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a program that starts others, given as its arguments, starts. */
final class StartedProgram {
  static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");

  /** These start what follows their options. */
  private static final Set<String> WRAPPERS =
      Set.of("tini", "tini-static", "dumb-init", "catatonit", "env", "nohup", "exec", "stdbuf");

  /** These start what follows the name of a user. */
  static final Set<String> AS_USER = Set.of("gosu", "su-exec");

  /** What may stand before the name of a program in the text of a shell. */
  private static final Set<String> BEFORE_PROGRAM =
      Set.of("exec", "if", "then", "else", "elif", "while", "until", "do", "!", "{");

  static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  /**
   * An option, or the value of one: {@code -e 143}, {@code -p SIGTERM}, {@code -r 15:3}, {@code -o
   * L}, {@code -u JAVA_OPTS}.
   */
  private static final Pattern OPTION =
      Pattern.compile("-.+|\\d+(:\\d+)?|[A-Z][A-Z0-9_]*|" + ASSIGNMENT.pattern());

  private StartedProgram() {}

  /**
   * The commands that this one starts; empty where it starts none, or none that is plain to see.
   */
  static List<List<String>> behind(List<String> command) {
    String name = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    if (SHELLS.contains(name)) {
      return ofText(arguments);
    }
    if (WRAPPERS.contains(name)) {
      return List.of(afterOptions(behindDashes(arguments).orElse(arguments)));
    }
    return AS_USER.contains(name) && arguments.size() > 1
        ? List.of(arguments.subList(1, arguments.size()))
        : List.of();
  }

  /**
   * What follows the {@code --} that ends the options of a wrapper; empty where it has none: one
   * behind a command, {@code tini app -- serve}, is the command's.
   */
  static Optional<List<String>> behindDashes(List<String> arguments) {
    int end = arguments.indexOf("--");
    return end >= 0 && arguments.subList(0, end).stream().allMatch(OPTION.asMatchPredicate())
        ? Optional.of(arguments.subList(end + 1, arguments.size()))
        : Optional.empty();
  }

  /** {@code -o pipefail -ec TEXT}; without a {@code -c} it is a script that is started. */
  private static List<List<String>> ofText(List<String> arguments) {
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String option = arguments.get(i);
      if (!option.matches("[-+][A-Za-z]+|--[a-z-]+")) {
        return List.of();
      }
      if (option.matches("-[A-Za-z]*c[A-Za-z]*")) {
        return ShellWords.commands(arguments.get(i + 1)).stream()
            .map(StartedProgram::fromProgram)
            .toList();
      }
      if (option.endsWith("o") && !option.startsWith("--")) {
        i++; // The name of what is switched.
      }
    }
    return List.of();
  }

  private static List<String> fromProgram(List<String> words) {
    int first = 0;
    while (first < words.size() && BEFORE_PROGRAM.contains(words.get(first))) {
      first++;
    }
    return afterOptions(words.subList(first, words.size()));
  }

  private static List<String> afterOptions(List<String> arguments) {
    int first = 0;
    while (first < arguments.size()
        && (arguments.get(first).startsWith("-")
            || ASSIGNMENT.matcher(arguments.get(first)).matches())) {
      first++;
    }
    return new ArrayList<>(arguments.subList(first, arguments.size()));
  }
}
