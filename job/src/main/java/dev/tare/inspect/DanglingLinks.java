package dev.tare.inspect;

import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.LayerEntry;

/** Makes gaps of hard links that cannot be made. */
final class DanglingLinks implements TreeVisitor {
  private final KeptContent content;
  private final Gaps gaps;

  DanglingLinks(KeptContent content, Gaps gaps) {
    this.content = content;
    this.gaps = gaps;
  }

  @Override
  public void visible(TreeNode node) {
    // Others look at what is there.
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // Others look at what was there.
  }

  @Override
  public void leftOut(int layer, LayerEntry link) {
    String target = link.linkTarget();
    if (target == null || target.isEmpty()) {
      return; // The layer's own gap says why it has no target.
    }
    String reason = "a hard link to \"/" + target + "\", where unpacking finds no file: left out";
    gaps.add(content.factOf(link.path()), "/" + link.path(), layer, reason);
  }
}
