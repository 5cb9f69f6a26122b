package dev.tare.inspect.tree;

import dev.tare.layer.LayerEntry;

/** Shows every node to several visitors, so that one walk serves all. */
public final class EachVisitor implements TreeVisitor {
  private final TreeVisitor[] visitors;

  public EachVisitor(TreeVisitor... visitors) {
    this.visitors = visitors.clone();
  }

  @Override
  public void visible(TreeNode node) {
    for (TreeVisitor visitor : visitors) {
      visitor.visible(node);
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    for (TreeVisitor visitor : visitors) {
      visitor.hidden(node, hiddenBy);
    }
  }

  @Override
  public void leftOut(int layer, LayerEntry link) {
    for (TreeVisitor visitor : visitors) {
      visitor.leftOut(layer, link);
    }
  }
}
