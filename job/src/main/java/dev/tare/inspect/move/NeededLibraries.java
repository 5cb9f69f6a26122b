package dev.tare.inspect.move;

import dev.tare.inspect.program.ProgramMarks;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.ContentKind;
import dev.tare.layer.LayerFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which shared libraries the programs of upper layers name, and which there are, in whatever
 * directory: where a loader looks for them depends on too much to be told from files.
 */
public final class NeededLibraries {
  /** Of the C library itself: whether that is there, its loader tells. */
  private static final Pattern OF_C_LIBRARY =
      Pattern.compile(
          "(?:ld|libc|libm|libpthread|libdl|librt|libresolv|libutil|libnsl|libanl)[-.].*");

  private final List<LayerFacts> layers;
  private final int base;
  private final Map<String, List<String>> needed = new TreeMap<>();
  private final Set<String> names = new HashSet<>();

  /**
   * Of these layers, root first.
   *
   * @param base how many of them are not asked for programs
   */
  public NeededLibraries(List<LayerFacts> layers, int base) {
    this.layers = List.copyOf(layers);
    this.base = base;
  }

  /** Takes what a container sees at a path into account. */
  public void see(TreeNode node) {
    String name = node.path().substring(node.path().lastIndexOf('/') + 1);
    if (!node.isDirectory() && name.contains(".so")) {
      names.add(name);
    }
    if (node.layer() >= base && node.content().content() == ContentKind.ELF) {
      byte[] kept = layers.get(node.contentLayer()).kept().get(node.content().path());
      if (kept != null) {
        for (String library : ProgramMarks.parse(kept).linkage().libraries()) {
          if (!OF_C_LIBRARY.matcher(library).matches()) {
            needed.computeIfAbsent(library, none -> new ArrayList<>()).add("/" + node.path());
          }
        }
      }
    }
  }

  /** The programs by the libraries that they need. */
  public Map<String, List<String>> needed() {
    return needed;
  }

  /** Whether a library of this name is there. */
  public boolean isThere(String library) {
    return names.contains(library);
  }
}
