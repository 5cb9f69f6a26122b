package dev.tare.inspect;

import dev.tare.inspect.FileTree.Sum;
import dev.tare.inspect.tree.FileTreeBuilder;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.LayerIndex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is in an image and in its layers as trees of bounded size. Memory does not grow with
 * the number of files.
 */
public final class ImageExplorer {
  private final List<LayerIndex> layers;

  /** Of these layers, root first. */
  public ImageExplorer(List<LayerIndex> layers) {
    this.layers = List.copyOf(layers);
  }

  /**
   * What one layer does.
   *
   * @param tree what it adds, changes and deletes
   * @param hidden of what it brings, what later layers delete or replace: shipped all the same
   * @param hiddenTree where that lies, all as deleted
   */
  public record LayerView(FileTree tree, Sum hidden, FileTree hiddenTree) {}

  /**
   * The merged file system.
   *
   * @param depth how many levels of directories are opened
   * @param mostChildren how many entries of a directory are shown
   */
  public FileTree image(int depth, int mostChildren) {
    FileTreeBuilder builder = new FileTreeBuilder(depth, mostChildren);
    new MergedFilesystem(layers)
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {
                if (node.isDirectory()) {
                  builder.directory(node.path());
                } else {
                  builder.file(node.path(), FileChange.ADDED, sizeBytes(node), link(node));
                }
              }

              @Override
              public void hidden(TreeNode node, int hiddenBy) {}
            });
    return builder.tree();
  }

  /**
   * What a layer does to those below it, and what those above do to it.
   *
   * @param layer its index, 0 is the root layer
   */
  public LayerView layer(int layer, int depth, int mostChildren) {
    FileTreeBuilder changes = new FileTreeBuilder(depth, mostChildren);
    ChangeVisitor visitor = new ChangeVisitor(layer, changes);
    new MergedFilesystem(layers.subList(0, layer + 1)).walk(visitor);
    visitor.finish();
    FileTreeBuilder hidden = new FileTreeBuilder(depth, mostChildren);
    new MergedFilesystem(layers)
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {}

              @Override
              public void hidden(TreeNode node, int hiddenBy) {
                if (node.layer() == layer && !node.isDirectory()) {
                  hidden.file(node.path(), FileChange.DELETED, sizeBytes(node), link(node));
                }
              }
            });
    FileTree hiddenTree = hidden.tree();
    return new LayerView(changes.tree(), hiddenTree.deleted(), hiddenTree);
  }

  /** A file under another name than its first has no bytes of its own. */
  private static long sizeBytes(TreeNode node) {
    return node.isHardLink() ? 0 : node.entry().sizeBytes();
  }

  private static @Nullable String link(TreeNode node) {
    return node.isSymlink() ? node.entry().linkTarget() : null;
  }

  /** Tells what the topmost layer does: of one path, hidden nodes come before the visible one. */
  private static final class ChangeVisitor implements TreeVisitor {
    private final int layer;
    private final FileTreeBuilder changes;
    private @Nullable TreeNode hiddenNode;

    ChangeVisitor(int layer, FileTreeBuilder changes) {
      this.layer = layer;
      this.changes = changes;
    }

    @Override
    public void hidden(TreeNode node, int hiddenBy) {
      finish();
      if (hiddenBy == layer && !node.isDirectory()) {
        hiddenNode = node;
      }
    }

    @Override
    public void visible(TreeNode node) {
      TreeNode below = hiddenNode;
      boolean replaces = below != null && below.path().equals(node.path()) && !node.isDirectory();
      if (replaces) {
        hiddenNode = null;
      } else {
        finish();
      }
      if (node.layer() == layer && !node.isDirectory()) {
        changes.file(
            node.path(),
            replaces ? FileChange.CHANGED : FileChange.ADDED,
            sizeBytes(node),
            link(node));
      }
    }

    /** What was hidden and has nothing in its place is gone. */
    void finish() {
      TreeNode gone = hiddenNode;
      if (gone != null) {
        changes.file(gone.path(), FileChange.DELETED, sizeBytes(gone), link(gone));
        hiddenNode = null;
      }
    }
  }
}
