package dev.tare.inspect;

import java.util.List;

/** Shows every node to several visitors, so that one walk serves all. */
record EachVisitor(List<TreeVisitor> visitors) implements TreeVisitor {
  EachVisitor {
    visitors = List.copyOf(visitors);
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
}
