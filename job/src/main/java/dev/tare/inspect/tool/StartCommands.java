package dev.tare.inspect.tool;

import dev.tare.facts.Fact;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LinkTable;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentKind;
import dev.tare.oci.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which programs entrypoint, cmd and health check start, directly or as the interpreter of a
 * script; and the search path that counts for them.
 */
public final class StartCommands {
  /** What runtimes set where the config sets no PATH. */
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** What runtimes give the text of a health check to where the config sets no shell. */
  private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");

  /** {@code tini -- gosu app env A=b sh -c "exec app"}. */
  private static final int DEEPEST = 6;

  private final LinkTable links;
  private final Programs programs;
  private final KeptFiles kept;
  private final Gaps gaps;
  private final List<String> searchPath = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  public StartCommands(
      ImageConfig config, LinkTable links, Programs programs, KeptFiles kept, Gaps gaps) {
    this.links = links;
    this.programs = programs;
    this.kept = kept;
    this.gaps = gaps;
    for (String directory : path(config).split(":", -1)) {
      String canonical = directory.startsWith("/") ? links.resolve(directory) : null;
      if (canonical != null && !searchPath.contains(canonical)) {
        searchPath.add(canonical);
      }
    }
    String workingDir = config.workingDir() == null ? "/" : config.workingDir();
    List<String> command = new ArrayList<>(config.entrypoint());
    command.addAll(config.cmd());
    start(command, workingDir, 0);
    start(config.cmd(), workingDir, 0); // A script as entrypoint starts it at its end.
    List<String> health = config.healthcheck();
    if (health != null && health.size() > 1) {
      if (health.getFirst().equals("CMD-SHELL")) {
        List<String> shell =
            new ArrayList<>(config.shell().isEmpty() ? DEFAULT_SHELL : config.shell());
        shell.add(health.get(1));
        start(shell, workingDir, 0);
      } else if (health.getFirst().equals("CMD")) {
        start(health.subList(1, health.size()), workingDir, 0);
      }
    }
  }

  /** The search path, as the config sets it or a runtime does. */
  static String path(ImageConfig config) {
    return config.env().stream()
        .filter(variable -> variable.startsWith("PATH="))
        .reduce((first, last) -> last)
        .map(variable -> variable.substring("PATH=".length()))
        .orElse(DEFAULT_PATH);
  }

  private void start(List<String> command, String workingDir, int depth) {
    if (depth == DEEPEST || command.isEmpty() || command.getFirst().isBlank()) {
      return;
    }
    String path = locate(command.getFirst(), workingDir);
    if (path != null) {
      use(path, workingDir, 0);
    }
    for (List<String> started : StartedProgram.behind(command)) {
      start(started, workingDir, depth + 1);
    }
  }

  private @Nullable String locate(String name, String workingDir) {
    if (name.startsWith("/")) {
      return name.substring(1);
    }
    if (name.indexOf('/') >= 0) {
      return workingDir.substring(workingDir.startsWith("/") ? 1 : 0) + "/" + name;
    }
    for (String directory : searchPath) {
      String candidate = directory.isEmpty() ? name : directory + "/" + name;
      if (programs.at(links.resolve(candidate)) != null) {
        return candidate;
      }
    }
    return null;
  }

  private void use(String path, String workingDir, int depth) {
    String canonical = links.resolve(path);
    TreeNode program = programs.at(canonical);
    if (canonical == null || program == null) {
      return;
    }
    used.add(links.canonicalDirectory(path));
    used.add(canonical);
    if (program.content().content() != ContentKind.SCRIPT || depth > 4) {
      return;
    }
    KeptFiles.Version script = kept.visibleAt(program.path());
    if (script == null) {
      gaps.add(
          Fact.TOOLS_USED_BY_ENTRYPOINT,
          "/" + canonical,
          program.layer(),
          "the image starts this script, whose interpreter was not read");
      return;
    }
    String[] words =
        new String(script.content(), StandardCharsets.UTF_8).substring(2).strip().split("\\s+", -1);
    use(words[0].substring(words[0].startsWith("/") ? 1 : 0), workingDir, depth + 1);
    if (words[0].endsWith("/env")) {
      for (int i = 1; i < words.length; i++) {
        if (!words[i].startsWith("-") && words[i].indexOf('=') < 0) {
          String interpreter = locate(words[i], workingDir);
          if (interpreter != null) {
            use(interpreter, workingDir, depth + 1);
          }
          return;
        }
      }
    }
  }

  /** Whether the program under this name (canonical directory, name as it is) is started. */
  boolean uses(String path) {
    return used.contains(path);
  }

  /** Whether this canonical directory is on PATH. */
  boolean searches(String directory) {
    return searchPath.contains(directory);
  }
}
