package dev.tare.inspect;

import dev.tare.layer.LayerEntry;

/** Shows every node to several visitors, so that one walk serves all. */
final class EachVisitor implements TreeVisitor {
  private final TreeVisitor[] visitors;

  EachVisitor(TreeVisitor... visitors) {
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
