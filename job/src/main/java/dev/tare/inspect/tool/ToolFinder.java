package dev.tare.inspect.tool;

import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.ToolCatalog;
import dev.tare.inspect.packages.Ownership;
import dev.tare.inspect.program.MultiCallBinary;
import dev.tare.inspect.program.ProgramContents;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.tree.BaseLayers;
import dev.tare.inspect.tree.LinkTable;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds tools among programs, links to them, and applets of multi-call binaries. */
public final class ToolFinder {
  private static final String ALTERNATIVES = "etc/alternatives/";
  private static final Comparator<ImageFacts.Tool> BY_PATH =
      Comparator.comparing(ImageFacts.Tool::path)
          .thenComparing(ImageFacts.Tool::name)
          .thenComparingInt(ImageFacts.Tool::layer);

  private final ToolCatalog catalog;
  private final Programs programs;
  private final LinkTable links;
  private final ProgramContents contents;
  private final Ownership ownership;
  private final StartCommands commands;
  private final BaseLayers base;

  public ToolFinder(
      ToolCatalog catalog,
      Programs programs,
      LinkTable links,
      ProgramContents contents,
      Ownership ownership,
      StartCommands commands,
      BaseLayers base) {
    this.catalog = catalog;
    this.programs = programs;
    this.links = links;
    this.contents = contents;
    this.ownership = ownership;
    this.commands = commands;
    this.base = base;
  }

  /** The tools of the merged file system, sorted by path. */
  public List<ImageFacts.Tool> visible() {
    Map<String, ImageFacts.Tool> byPath = new LinkedHashMap<>();
    Map<String, Set<String>> appletsWithName = new LinkedHashMap<>();
    Map<String, MultiCall> binaries = binaries();
    new TreeMap<>(programs.visible())
        .forEach((path, program) -> {
          MultiCall binary = binary(program, binaries);
          ImageFacts.Tool tool = ofProgram(path, program, binary);
          if (tool != null) {
            byPath.put(path, tool);
          }
          if (binary != null) {
            appletsWithName.computeIfAbsent(binary.path(), key -> new HashSet<>()).add(name(path));
          }
        });
    for (TreeNode link : programs.symlinks()) {
      String path = links.canonicalDirectory(link.path());
      String target = links.resolve(link.path());
      TreeNode program = programs.at(target);
      if (target == null || program == null) {
        continue;
      }
      MultiCall binary = binaries.get(contentKey(program));
      if (binary != null) {
        appletsWithName.computeIfAbsent(binary.path(), key -> new HashSet<>()).add(name(path));
      }
      ImageFacts.Tool tool = ofLink(path, link, target, program, binary);
      if (tool != null) {
        byPath.put(path, tool);
      }
    }
    List<ImageFacts.Tool> tools = new ArrayList<>(byPath.values());
    for (MultiCall binary : binaries.values()) {
      TreeNode program = programs.at(binary.path());
      if (program != null) {
        Set<String> named = appletsWithName.getOrDefault(binary.path(), Set.of());
        for (String applet : new TreeSet<>(binary.binary().applets())) {
          ToolCatalog.Listed listed = catalog.findApplet(applet);
          if (listed != null && !named.contains(applet)) {
            tools.add(unlinkedApplet(listed, binary.path(), program));
          }
        }
      }
    }
    tools.sort(BY_PATH);
    return tools;
  }

  /** The multi-call binary that a program is, or is a script that calls it. */
  private @Nullable MultiCall binary(TreeNode program, Map<String, MultiCall> binaries) {
    String wrapped = contents.wrapped(program);
    TreeNode called = wrapped == null ? null : programs.at(links.resolve(wrapped));
    return binaries.get(contentKey(called == null ? program : called));
  }

  /** A multi-call binary under the name it is best known by. */
  private record MultiCall(String path, MultiCallBinary binary) {}

  private static String contentKey(TreeNode program) {
    return program.contentLayer() + ":" + program.content().path();
  }

  private Map<String, MultiCall> binaries() {
    Map<String, MultiCall> found = new LinkedHashMap<>();
    if (!contents.hasMultiCall()) {
      return found;
    }
    new TreeMap<>(programs.visible())
        .forEach((path, program) -> {
          MultiCallBinary binary = contents.multiCall(program);
          if (binary != null) {
            found.merge(
                contentKey(program),
                new MultiCall(path, binary),
                (first, second) -> isOwnName(second) && !isOwnName(first) ? second : first);
          }
        });
    return found;
  }

  private static boolean isOwnName(MultiCall binary) {
    return name(binary.path()).startsWith(binary.binary().family());
  }

  private ImageFacts.@Nullable Tool ofProgram(
      String path, TreeNode program, @Nullable MultiCall binary) {
    boolean applet = binary != null && !binary.path().equals(path);
    ToolCatalog.Listed listed = applet ? find(path, true) : find(path, program);
    if (listed == null || (applet && binary != null && !binary.binary().answersTo(name(path)))) {
      return null;
    }
    return tool(
        listed,
        path,
        path,
        applet ? "applet" : kind(program),
        applet && binary != null ? binary.path() : null,
        program.layer(),
        program);
  }

  private ImageFacts.@Nullable Tool ofLink(
      String path, TreeNode link, String target, TreeNode program, @Nullable MultiCall binary) {
    ToolCatalog.Listed listed = find(path, binary != null);
    if (listed == null || path.startsWith(ALTERNATIVES)) {
      return null;
    }
    if (binary != null && !binary.binary().answersTo(name(path))) {
      return null; // "applet not found".
    }
    if (binary != null) {
      return tool(listed, path, target, "applet", binary.path(), link.layer(), program);
    }
    String alternative = links.linkBelow(path, ALTERNATIVES);
    return tool(listed, path, target, "link", alternative, link.layer(), program);
  }

  private ImageFacts.Tool unlinkedApplet(ToolCatalog.Listed listed, String path, TreeNode program) {
    ImageFacts.Tool tool = tool(listed, path, path, "applet", path, program.layer(), program);
    return new ImageFacts.Tool(
        tool.name(),
        tool.category(),
        tool.path(),
        tool.target(),
        tool.kind(),
        tool.via(),
        tool.layer(),
        tool.inBase(),
        tool.size(),
        tool.owner(),
        tool.owned(),
        tool.version(),
        tool.mode(),
        tool.onPath(),
        false);
  }

  private ToolCatalog.@Nullable Listed find(String path, boolean applet) {
    String name = name(path);
    ToolCatalog.Listed listed = applet ? catalog.findApplet(name) : catalog.find(name);
    return listed == null || catalog.excludes(directory(path)) ? null : listed;
  }

  /** By its name; where that is not on the list, by what the program says it is. */
  private ToolCatalog.@Nullable Listed find(String path, TreeNode program) {
    ToolCatalog.Listed listed = find(path, false);
    String identity = listed == null ? contents.identity(program) : null;
    return identity == null ? listed : catalog.find(identity);
  }

  private ImageFacts.Tool tool(
      ToolCatalog.Listed listed,
      String path,
      String target,
      String kind,
      @Nullable String via,
      int layer,
      TreeNode program) {
    String owner = ownership.of(path);
    if (owner == null) {
      owner = ownership.of(target);
    }
    if (owner == null) {
      owner = ownership.of(via);
    }
    return new ImageFacts.Tool(
        listed.name(),
        listed.category(),
        "/" + path,
        "/" + target,
        kind,
        via == null ? null : "/" + via,
        layer,
        base.contains(layer),
        program.content().sizeBytes(),
        owner,
        owner != null ? Boolean.TRUE : ownership.isWithout(target) ? Boolean.FALSE : null,
        contents.version(program, listed.name()),
        octal(program.content().mode()),
        commands.searches(directory(path)),
        commands.uses(path));
  }

  /** The tools that a later layer deleted or replaced. */
  public List<ImageFacts.Tool> hidden() {
    List<ImageFacts.Tool> tools = new ArrayList<>();
    for (TreeNode program : programs.hidden()) {
      String path = program.path();
      MultiCallBinary binary = contents.multiCall(program);
      boolean applet = binary != null && program.isHardLink();
      boolean known = binary == null || !applet || binary.answersTo(name(path));
      ToolCatalog.Listed listed = applet ? find(path, true) : find(path, program);
      if (listed != null && known) {
        tools.add(
            hiddenTool(
                listed,
                program,
                applet ? "applet" : kind(program),
                applet ? program.content().path() : null));
      }
      if (binary != null && !program.isHardLink()) {
        for (String name : new TreeSet<>(binary.applets())) {
          ToolCatalog.Listed appletListed = catalog.findApplet(name);
          if (appletListed != null) {
            tools.add(hiddenTool(appletListed, program, "applet", path));
          }
        }
      }
    }
    tools.sort(BY_PATH);
    return tools;
  }

  private ImageFacts.Tool hiddenTool(
      ToolCatalog.Listed listed, TreeNode program, String kind, @Nullable String via) {
    return new ImageFacts.Tool(
        listed.name(),
        listed.category(),
        "/" + program.path(),
        "/" + program.path(),
        kind,
        via == null ? null : "/" + via,
        program.layer(),
        base.contains(program.layer()),
        program.content().sizeBytes(),
        null,
        null, // The databases speak of the image as it is now.
        contents.version(program, listed.name()),
        octal(program.content().mode()),
        commands.searches(directory(program.path())),
        false);
  }

  /**
   * Daemons and supervisors: files of such a name, and links of such a name to a file of another,
   * as Debian's redis-server is one to redis-check-rdb.
   */
  public List<ImageFacts.Service> services() {
    TreeMap<String, ImageFacts.Service> services = new TreeMap<>();
    programs.visible().forEach((path, program) -> addService(services, path, program));
    for (TreeNode link : programs.symlinks()) {
      String path = links.canonicalDirectory(link.path());
      String target = links.resolve(link.path());
      TreeNode program = programs.at(target);
      if (target != null
          && program != null
          && !path.startsWith(ALTERNATIVES)
          && catalog.findService(name(target)) == null) {
        addService(services, path, program);
      }
    }
    return List.copyOf(services.values());
  }

  private void addService(Map<String, ImageFacts.Service> services, String path, TreeNode program) {
    String service = catalog.findService(name(path));
    if (service != null
        && !catalog.excludes(directory(path))
        && contents.multiCall(program) == null) {
      services.put(path, new ImageFacts.Service(service, "/" + path));
    }
  }

  private static String kind(TreeNode program) {
    return program.content().content() == ContentKind.ELF ? "elf" : "script";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String directory(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Four digits: {@code 0755}, {@code 4755}. */
  public static String octal(int mode) {
    String digits = Integer.toOctalString(mode & 07777);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
