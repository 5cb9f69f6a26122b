package dev.tare.inspect.packages;

import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which files that list the programs of a package an image has. Of one that names no program
 * nothing is kept, but it is there, and says that its package has none.
 */
public final class ProgramLists implements TreeVisitor {
  private final List<PackageReader> readers;
  private final Set<String> paths = new HashSet<>();

  public ProgramLists(List<PackageReader> readers) {
    this.readers = List.copyOf(readers);
  }

  @Override
  public void visible(TreeNode node) {
    if (node.isFile() && readers.stream().anyMatch(reader -> reader.isProgramList(node.path()))) {
      paths.add(node.path());
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // A package whose list was removed has none.
  }

  /** Whether one of these files is there. */
  boolean hasOneOf(List<String> lists) {
    return lists.stream().anyMatch(paths::contains);
  }
}
