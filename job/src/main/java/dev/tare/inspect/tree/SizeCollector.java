package dev.tare.inspect.tree;

import dev.tare.layer.EntryType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds up what is needed, wasted and hidden. The bytes of a path that lies in several layers are
 * needed once, as the smallest of its copies, and wasted otherwise; all are wasted where no layer
 * on top leaves the path a file. A hidden file that another visible name of the same layer shares
 * is needed.
 *
 * @see <a href="https://github.com/wagoodman/dive/blob/main/dive/filetree/efficiency.go">dive,
 *     which counts all n copies as waste where this counts n - 1</a>
 */
public final class SizeCollector implements TreeVisitor {
  private final MergedFilesystem filesystem;
  private final long[] layerFiles;
  private final long[] layerWasted;
  private final long[] layerHidden;
  private final List<Copy> copies = new ArrayList<>();
  private final List<List<Copy>> shared = new ArrayList<>();
  private final Map<Integer, Set<String>> visibleLinks = new HashMap<>();
  private String path = "";
  private long files;
  private long shipped;
  private long needed;

  public SizeCollector(MergedFilesystem filesystem, int layers) {
    this.filesystem = filesystem;
    this.layerFiles = new long[layers];
    this.layerWasted = new long[layers];
    this.layerHidden = new long[layers];
  }

  private record Copy(String path, int layer, long bytes, boolean visible, boolean shared) {}

  @Override
  public void visible(TreeNode node) {
    see(node, true);
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    see(node, false);
  }

  private void see(TreeNode node, boolean visible) {
    if (node.isHardLink()) {
      if (visible && node.isFile()) {
        visibleLinks
            .computeIfAbsent(node.contentLayer(), layer -> new HashSet<>())
            .add(node.content().path());
      }
      return;
    }
    if (node.entry().type() != EntryType.FILE) {
      return;
    }
    if (!node.path().equals(path)) {
      settlePath();
      path = node.path();
    }
    layerFiles[node.layer()]++;
    copies.add(
        new Copy(
            node.path(),
            node.layer(),
            node.entry().sizeBytes(),
            visible,
            filesystem.isHardLinkTarget(node)));
  }

  private void settlePath() {
    if (copies.isEmpty()) {
      return;
    }
    if (isAnyShared()) {
      shared.add(List.copyOf(copies)); // Another name may still come.
    } else {
      settle(copies);
    }
    copies.clear();
  }

  private boolean isAnyShared() {
    for (int i = 0; i < copies.size(); i++) {
      if (copies.get(i).shared()) {
        return true;
      }
    }
    return false;
  }

  /** Must be called once after the walk, before any of the results. */
  public void finish() {
    settlePath();
    for (List<Copy> ofPath : shared) {
      List<Copy> own = new ArrayList<>();
      for (Copy copy : ofPath) {
        if (copy.shared() && !copy.visible() && isLinked(copy)) {
          files++;
          shipped += copy.bytes();
          needed += copy.bytes();
        } else {
          own.add(copy);
        }
      }
      settle(own);
    }
    shared.clear();
  }

  private boolean isLinked(Copy copy) {
    return visibleLinks.getOrDefault(copy.layer(), Set.of()).contains(copy.path());
  }

  private void settle(List<Copy> ofPath) {
    if (ofPath.isEmpty()) {
      return;
    }
    boolean stays = ofPath.getLast().visible();
    int kept = stays ? smallest(ofPath) : -1;
    for (int i = 0; i < ofPath.size(); i++) {
      Copy copy = ofPath.get(i);
      shipped += copy.bytes();
      if (i == kept) {
        needed += copy.bytes();
      } else {
        layerWasted[copy.layer()] += copy.bytes();
      }
      if (!copy.visible()) {
        layerHidden[copy.layer()] += copy.bytes();
      }
    }
    if (stays) {
      files++;
    }
  }

  private static int smallest(List<Copy> ofPath) {
    int best = 0;
    for (int i = 1; i < ofPath.size(); i++) {
      if (ofPath.get(i).bytes() < ofPath.get(best).bytes()) {
        best = i;
      }
    }
    return best;
  }

  /** Regular files of the merged file system, those with several names once. */
  public long files() {
    return files;
  }

  public long wasted() {
    return shipped - needed;
  }

  public double efficiency() {
    return shipped == 0 ? 1 : (double) needed / shipped;
  }

  public long filesOf(int layer) {
    return layerFiles[layer];
  }

  public long wastedOf(int layer) {
    return layerWasted[layer];
  }

  public long hiddenOf(int layer) {
    return layerHidden[layer];
  }
}
