package dev.tare.inspect.program;

import dev.tare.inspect.tree.LinkTable;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.ContentKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The executables of an image: ELF files and scripts with an execute bit, and those hidden. */
public final class Programs implements TreeVisitor {
  private final int limit;
  private final LinkTable links;
  private final Map<String, TreeNode> visible = new HashMap<>();
  private final List<TreeNode> hidden = new ArrayList<>();
  private final List<TreeNode> symlinks = new ArrayList<>();
  private boolean overflowed;

  public Programs(int limit, LinkTable links) {
    this.limit = limit;
    this.links = links;
  }

  @Override
  public void visible(TreeNode node) {
    if (node.isSymlink() && node.entry().linkTarget() != null) {
      links.add(node.path(), node.entry().linkTarget());
      if (!links.overflowed()) {
        symlinks.add(node);
      }
    } else if (isProgram(node)) {
      if (visible.size() < limit) {
        visible.put(node.path(), node);
      } else {
        overflowed = true;
      }
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    if (isProgram(node)) {
      if (hidden.size() < limit) {
        hidden.add(node);
      } else {
        overflowed = true;
      }
    }
  }

  private static boolean isProgram(TreeNode node) {
    return node.isExecutable()
        && (node.content().content() == ContentKind.ELF
            || node.content().content() == ContentKind.SCRIPT);
  }

  /**
   * Gives each program the one path it has where links in directories are followed: a later layer
   * may have written {@code bin/x} through a link {@code bin -> usr/bin}. To be called once after
   * the walk.
   */
  public void canonicalise() {
    Map<String, TreeNode> moved = new HashMap<>();
    visible
        .entrySet()
        .removeIf(entry -> {
          String canonical = links.canonicalDirectory(entry.getKey());
          if (canonical.equals(entry.getKey())) {
            return false;
          }
          moved.put(canonical, entry.getValue());
          return true;
        });
    moved.forEach(
        (path, node) -> visible.merge(path, node, (a, b) -> a.layer() >= b.layer() ? a : b));
  }

  /** Canonical paths and what stands there. */
  public Map<String, TreeNode> visible() {
    return visible;
  }

  @Nullable
  public TreeNode at(@Nullable String canonicalPath) {
    return canonicalPath == null ? null : visible.get(canonicalPath);
  }

  public List<TreeNode> hidden() {
    return hidden;
  }

  /** The visible symbolic links, in the order of the tree. */
  public List<TreeNode> symlinks() {
    return symlinks;
  }

  public boolean overflowed() {
    return overflowed;
  }
}
