package dev.tare.inspect.base;

import dev.tare.inspect.packages.chisel.ChiselManifest;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import org.jspecify.annotations.Nullable;

/** Notes which package databases and other marks of a distribution a merged file system has. */
public final class BaseEvidence implements TreeVisitor {
  private @Nullable String otherDatabase;
  private boolean chisel;

  @Override
  public void visible(TreeNode node) {
    String path = node.path();
    if (path.equals(ChiselManifest.PATH)) {
      chisel = true;
    } else if (path.equals("nix/store")) {
      otherDatabase = path;
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // What a container cannot see says nothing about its base.
  }

  /** A database of a manager that is not read: nix. */
  @Nullable
  public String otherDatabase() {
    return otherDatabase;
  }

  /** Whether Canonical's chisel cut the packages. */
  boolean isChiselled() {
    return chisel;
  }
}
