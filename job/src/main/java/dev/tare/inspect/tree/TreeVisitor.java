package dev.tare.inspect.tree;

import dev.tare.layer.LayerEntry;

/** Sees the files of an image, in the order of {@link dev.tare.layer.TreeOrder}. */
public interface TreeVisitor {
  /** A path of the merged file system. */
  void visible(TreeNode node);

  /**
   * A file or link that a later layer deleted or replaced.
   *
   * @param hiddenBy index of the first layer that did
   */
  void hidden(TreeNode node, int hiddenBy);

  /** A hard link to what is no file, or not there: unpacking cannot make it. */
  default void leftOut(int layer, LayerEntry link) {}
}
