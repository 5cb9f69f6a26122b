package dev.tare.inspect.base;

import dev.tare.inspect.packages.chisel.ChiselManifest;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;

/** Notes which marks of a kind of base a merged file system has. */
public final class BaseEvidence implements TreeVisitor {
  private boolean chisel;

  @Override
  public void visible(TreeNode node) {
    chisel |= node.path().equals(ChiselManifest.PATH);
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // What a container cannot see says nothing about its base.
  }

  /** Whether Canonical's chisel cut the packages. */
  boolean isChiselled() {
    return chisel;
  }
}
