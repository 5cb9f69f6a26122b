package dev.tare.inspect.packages;

import dev.tare.facts.Fact;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import java.util.ArrayList;
import java.util.List;

/** Notes the files that show that packages are missing. */
public final class UnreadPackages implements TreeVisitor {
  private final List<PackageReader> readers;
  private final List<Unread> found = new ArrayList<>();

  private record Unread(Fact fact, TreeNode file, String why) {}

  public UnreadPackages(List<PackageReader> readers) {
    this.readers = List.copyOf(readers);
  }

  @Override
  public void visible(TreeNode node) {
    if (!node.isFile()) {
      return;
    }
    for (PackageReader reader : readers) {
      String why = reader.unread(node);
      if (why != null) {
        found.add(new Unread(reader.fact(), node, why));
      }
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // Packages that a container cannot see are not missed.
  }

  void note(Gaps gaps) {
    found.forEach(unread ->
        gaps.add(unread.fact(), "/" + unread.file().path(), unread.file().layer(), unread.why()));
  }
}
