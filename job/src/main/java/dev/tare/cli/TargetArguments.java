package dev.tare.cli;

import dev.tare.registry.Target;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Targets as people give them: one by one, or line by line on standard input. */
final class TargetArguments {
  private TargetArguments() {}

  /**
   * The targets; {@code -} stands for the lines of {@code in}, of which empty ones and comments do
   * not count.
   */
  static List<Target> parse(List<String> arguments, InputStream in) {
    List<Target> targets = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals("-")) {
        lines(in).stream().map(Target::parse).forEach(targets::add);
      } else {
        targets.add(Target.parse(argument));
      }
    }
    if (targets.isEmpty()) {
      throw Usage.error(
          "no target",
          "Name a registry, a repository or an image: tare scan registry.example.com/team; or try tare demo.");
    }
    return targets;
  }

  private static List<String> lines(InputStream in) {
    try {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (UncheckedIOException e) {
      throw Usage.error("read targets from standard input: " + e.getMessage(), null);
    }
  }
}
