package dev.tare.inspect.tool;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.program.ProgramContents;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.secret.SecretText;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.LinkTable;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the programs that the image starts where a runtime looks for them: at their path, from
 * the working directory, or in the directories of PATH, through links. An interpreter that such a
 * program names and that is not there is one more of them. The file system is walked a second time
 * only where one of them is not among the programs.
 */
public final class StartLookup {
  private static final int MOST_ELSEWHERE = 5;

  /** What a runtime mounts, whatever the image has there. */
  private static final Set<String> MOUNTED = Set.of("proc", "sys", "dev");

  private final MergedFilesystem filesystem;
  private final LinkTable links;
  private final Programs programs;
  private final ProgramContents contents;
  private final Gaps gaps;

  public StartLookup(
      MergedFilesystem filesystem,
      LinkTable links,
      Programs programs,
      ProgramContents contents,
      Gaps gaps) {
    this.filesystem = filesystem;
    this.links = links;
    this.programs = programs;
    this.contents = contents;
    this.gaps = gaps;
  }

  /** Where one program may be: paths without a leading slash, the first that is there counts. */
  private record Sought(StartChain.Link link, List<String> paths, boolean everywhere) {}

  /** The programs in the order in which they start; notes what could not be looked for. */
  public List<ImageFacts.Start> find(ImageConfig config, Platform platform) {
    List<String> command = new ArrayList<>(config.entrypoint());
    command.addAll(config.cmd());
    List<StartChain.Link> chain = StartChain.of(command);
    if (!platform.os().equals("linux") && !chain.isEmpty()) {
      gaps.add(Fact.START, null, null, "it is looked for in images for linux only");
      return chain.stream().map(link -> row(link, null, null, null)).toList();
    }
    List<Sought> sought = chain.stream().map(link -> sought(link, config)).toList();
    Map<Sought, Sought> interpreters = new HashMap<>();
    sought.forEach(one -> {
      Sought interpreter = interpreter(one);
      if (interpreter != null && program(interpreter) == null) {
        interpreters.put(one, interpreter);
      }
    });
    List<Sought> all = new ArrayList<>(sought);
    all.addAll(interpreters.values());
    Map<String, TreeNode> other =
        all.stream().allMatch(one -> program(one) != null) ? Map.of() : walk(all);
    List<ImageFacts.Start> rows = new ArrayList<>();
    for (Sought one : sought) {
      rows.add(start(one, other));
      Sought interpreter = interpreters.get(one);
      ImageFacts.Start row = interpreter == null ? null : start(interpreter, other);
      if (row != null && !Boolean.TRUE.equals(row.exists())) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** What the kernel starts an ELF program with, by a path that the program names. */
  private @Nullable Sought interpreter(Sought one) {
    String path = program(one);
    TreeNode node = path == null ? null : programs.at(links.resolve(path));
    String interpreter = node == null ? null : contents.interpreter(node);
    return interpreter == null || !interpreter.startsWith("/")
        ? null
        : new Sought(
            new StartChain.Link(interpreter, one.link().command()),
            List.of(inside("", interpreter)),
            true);
  }

  private Sought sought(StartChain.Link link, ImageConfig config) {
    String command = link.command();
    if (command.startsWith("/")) {
      return new Sought(link, List.of(inside("", command)), true);
    }
    String workingDir = config.workingDir() == null ? "" : config.workingDir();
    if (command.indexOf('/') >= 0) {
      return new Sought(link, List.of(inside(workingDir, command)), true);
    }
    List<String> paths = new ArrayList<>();
    boolean everywhere = true;
    for (String directory : StartCommands.path(config).split(":", -1)) {
      if (directory.startsWith("/")) {
        paths.add(inside(directory, command));
      } else {
        everywhere = false; // Runtimes differ in what they make of it.
      }
    }
    return new Sought(link, paths, everywhere);
  }

  /** {@code srv/app} of {@code /srv/} and {@code ./app}; ".." stays, as it may follow a link. */
  private static String inside(String directory, String name) {
    return Arrays.stream((directory + "/" + name).split("/", -1))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }

  /** The first of its paths at which a program stands. */
  private @Nullable String program(Sought one) {
    return one.paths().stream()
        .filter(path -> programs.at(links.resolve(path)) != null)
        .findFirst()
        .orElse(null);
  }

  /** What stands at the canonical paths, programs and everything else. */
  private Map<String, TreeNode> walk(List<Sought> sought) {
    Set<String> wanted = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Sought one : sought) {
      for (String path : one.paths()) {
        String canonical = links.resolve(path);
        if (canonical != null) {
          wanted.add(canonical);
          names.add(name(canonical));
        }
      }
    }
    Map<String, TreeNode> found = new HashMap<>();
    filesystem.walk(
        new TreeVisitor() {
          @Override
          public void visible(TreeNode node) {
            if (names.contains(name(node.path()))) {
              String canonical = links.canonicalDirectory(node.path());
              if (wanted.contains(canonical)) {
                found.merge(canonical, node, (a, b) -> a.layer() >= b.layer() ? a : b);
              }
            }
          }

          @Override
          public void hidden(TreeNode node, int hiddenBy) {
            // A container does not see it.
          }
        });
    return found;
  }

  private ImageFacts.Start start(Sought one, Map<String, TreeNode> other) {
    String program = program(one);
    if (program != null) {
      return row(one.link(), "/" + program, true, true);
    }
    String there = null;
    for (String path : one.paths()) {
      TreeNode node = other.get(links.resolve(path));
      if (node != null && node.isExecutable()) {
        return row(one.link(), "/" + path, true, true);
      }
      there = there == null && node != null ? path : there;
    }
    if (there != null) {
      return row(one.link(), "/" + there, true, false);
    }
    String unsure = unsure(one);
    if (unsure != null) {
      gaps.add(Fact.START, path(one), null, unsure);
      return row(one.link(), null, null, null);
    }
    return row(one.link(), null, false, null);
  }

  private static @Nullable String path(Sought one) {
    return one.link().command().startsWith("/") ? one.link().command() : null;
  }

  /** Why a program that was not found may be there all the same; null where it is not. */
  private @Nullable String unsure(Sought one) {
    if (!one.everywhere()) {
      return "PATH has a directory that depends on where a container starts";
    }
    for (String path : one.paths()) {
      String canonical = links.resolve(path);
      int slash = canonical == null ? -1 : canonical.indexOf('/');
      if (canonical != null && slash > 0 && MOUNTED.contains(canonical.substring(0, slash))) {
        return "it leads to /" + canonical + ", where runtimes mount something";
      }
    }
    for (ImageFacts.Gap gap : gaps.all()) {
      if (isOfAll(gap) || one.paths().stream().anyMatch(path -> concerns(gap.path(), path))) {
        return gap.reason();
      }
    }
    return null;
  }

  /** Whether anything may be missing: a layer, entries beyond a limit, more than are listed. */
  private static boolean isOfAll(ImageFacts.Gap gap) {
    return gap.fact() == Fact.LAYERS
        || (gap.path() == null && (gap.fact() == Fact.TOOLS || gap.fact() == Fact.LAYERS_FILES));
  }

  private boolean concerns(@Nullable String gapPath, String path) {
    String canonical = links.resolve(path);
    return gapPath != null
        && (leadsTo(gapPath, "/" + path)
            || (canonical != null && leadsTo(gapPath, "/" + canonical)));
  }

  private static boolean leadsTo(String gapPath, String path) {
    return path.equals(gapPath) || path.startsWith(gapPath + "/");
  }

  private ImageFacts.Start row(
      StartChain.Link link,
      @Nullable String path,
      @Nullable Boolean exists,
      @Nullable Boolean executable) {
    boolean missing = Boolean.FALSE.equals(exists);
    return new ImageFacts.Start(
        SecretText.masked(link.command()),
        link.by() == null ? null : SecretText.masked(link.by()),
        path,
        exists,
        executable,
        missing ? elsewhere(link.command()) : List.of());
  }

  /** Programs of the same name in other places. */
  private List<String> elsewhere(String command) {
    String name = name(command);
    return programs.visible().keySet().stream()
        .filter(path -> name(path).equals(name))
        .sorted()
        .limit(MOST_ELSEWHERE)
        .map(path -> "/" + path)
        .toList();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
