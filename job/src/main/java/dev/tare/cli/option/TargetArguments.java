package dev.tare.cli.option;

import dev.tare.kubernetes.ClusterTarget;
import dev.tare.registry.Target;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Targets as people give them: one by one, or line by line on standard input.
 *
 * @param targets in registries
 * @param clusters whose running images are meant
 */
public record TargetArguments(List<Target> targets, List<ClusterTarget> clusters) {
  /** Copies the lists. */
  public TargetArguments {
    targets = List.copyOf(targets);
    clusters = List.copyOf(clusters);
  }

  /**
   * Reads targets; {@code -} stands for the lines of {@code in}, of which empty ones and comments
   * do not count.
   */
  public static TargetArguments parse(List<String> arguments, InputStream in) {
    List<Target> targets = new ArrayList<>();
    List<ClusterTarget> clusters = new ArrayList<>();
    for (String argument : arguments) {
      for (String target : argument.equals("-") ? lines(in) : List.of(argument)) {
        if (ClusterTarget.isOne(target)) {
          clusters.add(ClusterTarget.parse(target));
        } else {
          targets.add(Target.parse(target));
        }
      }
    }
    if (targets.isEmpty() && clusters.isEmpty()) {
      throw Usage.error(
          "no target",
          "Name a registry, a repository or an image: tare scan registry.example.com/team; or try tare demo.");
    }
    return new TargetArguments(targets, clusters);
  }

  /** The targets, where none is a cluster; throws USAGE where one is. */
  public List<Target> inRegistries() {
    if (!clusters.isEmpty()) {
      throw Usage.error(
          "target \"" + clusters.getFirst() + "\": only scan takes clusters",
          "Name images: kubectl get pods -o jsonpath='{.items[*].spec.containers[*].image}' lists them.");
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
