package dev.tare.inspect.program;

import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentKind;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the programs of an image say of themselves, under each of their names. */
public final class ProgramContents {
  /** What wrappers of coreutils say in their first line: {@code #!/usr/bin/coreutils --…=dd}. */
  private static final String WRAPPED = " --coreutils-prog-shebang=";

  private final Map<Key, ProgramMarks> byContent = new HashMap<>();
  private final Map<Key, String> wrapped = new HashMap<>();
  private boolean multiCall;

  private record Key(int layer, String contentPath) {}

  public ProgramContents(KeptFiles kept) {
    for (List<KeptFiles.Version> versions : kept.all().values()) {
      for (KeptFiles.Version version : versions) {
        TreeNode node = version.node();
        String path = node.content().path();
        if (node.content().content() == ContentKind.ELF) {
          ProgramMarks marks = ProgramMarks.parse(version.content());
          multiCall |= marks.multiCall() != null;
          byContent.put(new Key(node.contentLayer(), path), withListed(marks, kept));
        } else if (node.content().content() == ContentKind.SCRIPT) {
          String line = new String(version.content(), StandardCharsets.UTF_8);
          int end = line.indexOf(WRAPPED);
          if (line.startsWith("#!/") && end > 0) {
            wrapped.put(new Key(node.contentLayer(), path), line.substring(3, end).strip());
          }
        }
      }
    }
  }

  /** Where the binary has no readable table, the list that Alpine's package brings. */
  private static ProgramMarks withListed(ProgramMarks marks, KeptFiles kept) {
    KeptFiles.Version list = kept.visibleAt(ProgramFiles.ALPINE_LIST);
    MultiCallBinary binary = marks.multiCall();
    if (binary == null
        || !binary.applets().isEmpty()
        || !binary.family().equals("busybox")
        || list == null) {
      return marks;
    }
    Set<String> names = new HashSet<>();
    new String(list.content(), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> names.add(line.substring(line.lastIndexOf('/') + 1).strip()));
    names.remove("");
    return new ProgramMarks(
        marks.identity(),
        marks.versions(),
        new MultiCallBinary(binary.family(), names),
        marks.linkage(),
        marks.modules());
  }

  /** The binary this program is; null where it is an ordinary one. */
  @Nullable
  public MultiCallBinary multiCall(TreeNode program) {
    ProgramMarks marks = marks(program);
    return marks == null ? null : marks.multiCall();
  }

  /** The interpreter that an ELF program is started with; null where it has none. */
  @Nullable
  public String interpreter(TreeNode program) {
    ProgramMarks marks = marks(program);
    return marks == null ? null : marks.linkage().interpreter();
  }

  /** The path of the multi-call binary that this script calls; null where it is another one. */
  @Nullable
  public String wrapped(TreeNode script) {
    return wrapped.get(new Key(script.contentLayer(), script.content().path()));
  }

  /** The tool that this program says it is, whatever its name; null where it does not say. */
  @Nullable
  public String identity(TreeNode program) {
    ProgramMarks marks = marks(program);
    return marks == null ? null : marks.identity();
  }

  /** The version that this program states for itself as that tool; null where it states none. */
  @Nullable
  public String version(TreeNode program, String tool) {
    ProgramMarks marks = marks(program);
    return marks == null ? null : marks.versionAs(tool);
  }

  private @Nullable ProgramMarks marks(TreeNode program) {
    return byContent.get(new Key(program.contentLayer(), program.content().path()));
  }

  /** Whether one of these is a busybox, which is a shell and what belongs to it. */
  public boolean isBusybox(Collection<TreeNode> programs) {
    return multiCall
        && programs.stream()
            .map(this::multiCall)
            .anyMatch(binary -> binary != null && binary.family().equals("busybox"));
  }

  public boolean hasMultiCall() {
    return multiCall;
  }
}
