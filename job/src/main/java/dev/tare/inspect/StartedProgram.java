package dev.tare.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a program that starts another one, given as its arguments, starts. */
final class StartedProgram {
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "zsh", "ksh");

  /** These start what follows their options. */
  private static final Set<String> WRAPPERS =
      Set.of("tini", "tini-static", "dumb-init", "catatonit", "env", "nohup", "exec", "stdbuf");

  /** These start what follows the name of a user. */
  private static final Set<String> AS_USER = Set.of("gosu", "su-exec");

  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  /** Where the first command of a shell's text ends; what has these is not looked into. */
  private static final Pattern COMMAND_END = Pattern.compile("[;&|<>()`\n]|\\$\\(");

  private StartedProgram() {}

  /** The command that this one starts; empty where it starts none, or none that is plain to see. */
  static List<String> behind(List<String> command) {
    String name = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
    List<String> arguments = command.subList(1, command.size());
    if (SHELLS.contains(name)) {
      return arguments.size() > 1 && arguments.getFirst().matches("-[a-z]*c")
          ? words(arguments.get(1))
          : List.of();
    }
    if (WRAPPERS.contains(name)) {
      return afterOptions(arguments);
    }
    return AS_USER.contains(name) && arguments.size() > 1
        ? arguments.subList(1, arguments.size())
        : List.of();
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : COMMAND_END.split(text.strip(), 2)[0].split("\\s+", -1)) {
      words.add(word.replace("\"", "").replace("'", ""));
    }
    return afterOptions(words.getFirst().equals("exec") ? words.subList(1, words.size()) : words);
  }

  private static List<String> afterOptions(List<String> arguments) {
    int first = 0;
    while (first < arguments.size()
        && (arguments.get(first).startsWith("-")
            || ASSIGNMENT.matcher(arguments.get(first)).matches())) {
      first++;
    }
    return arguments.subList(first, arguments.size());
  }
}
