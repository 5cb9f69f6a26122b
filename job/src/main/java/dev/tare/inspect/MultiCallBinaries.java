package dev.tare.inspect;

import dev.tare.layer.ContentKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The multi-call binaries of an image, found by content, under each of their names. */
final class MultiCallBinaries {
  private static final String ALPINE_LIST = "etc/busybox-paths.d/busybox";

  private final Map<Key, MultiCallBinary> byContent = new HashMap<>();

  private record Key(int layer, String contentPath) {}

  MultiCallBinaries(KeptFiles kept) {
    for (List<KeptFiles.Version> versions : kept.all().values()) {
      for (KeptFiles.Version version : versions) {
        TreeNode node = version.node();
        String path = node.content().path();
        MultiCallBinary binary =
            node.content().content() == ContentKind.ELF
                ? ProgramMarks.parse(version.content()).multiCall()
                : null;
        if (binary != null) {
          byContent.put(new Key(node.layer(), path), withListed(binary, kept));
        }
      }
    }
  }

  /** Where the binary has no readable table, the list that Alpine's package brings. */
  private static MultiCallBinary withListed(MultiCallBinary binary, KeptFiles kept) {
    KeptFiles.Version list = kept.visibleAt(ALPINE_LIST);
    if (!binary.applets().isEmpty() || !binary.family().equals("busybox") || list == null) {
      return binary;
    }
    Set<String> names = new HashSet<>();
    new String(list.content(), StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> names.add(line.substring(line.lastIndexOf('/') + 1).strip()));
    names.remove("");
    return new MultiCallBinary(binary.family(), names);
  }

  /** The binary this program is; null where it is an ordinary one. */
  @Nullable MultiCallBinary of(TreeNode program) {
    return byContent.get(new Key(program.layer(), program.content().path()));
  }

  boolean isEmpty() {
    return byContent.isEmpty();
  }
}
