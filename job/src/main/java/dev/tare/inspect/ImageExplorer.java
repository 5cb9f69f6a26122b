package dev.tare.inspect;

import dev.tare.inspect.FileTree.Attributes;
import dev.tare.inspect.FileTree.Sum;
import dev.tare.inspect.tree.FileTreeBuilder;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.SharedContents;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerIndex;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    MergedFilesystem filesystem = new MergedFilesystem(layers);
    SharedContents shared = SharedContents.of(filesystem);
    filesystem.walk(
        new TreeVisitor() {
          @Override
          public void visible(TreeNode node) {
            if (node.isDirectory()) {
              builder.directory(node.path(), attributes(node), true);
            } else {
              builder.file(
                  node.path(),
                  FileChange.ADDED,
                  attributes(node),
                  shared.counts(node) ? node.content().sizeBytes() : 0,
                  link(node));
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
    MergedFilesystem upToIt = new MergedFilesystem(layers.subList(0, layer + 1));
    ChangeVisitor visitor =
        new ChangeVisitor(layer, changes, SharedContents.of(upToIt), directoriesBelow(layer));
    upToIt.walk(visitor);
    visitor.finish();
    FileTreeBuilder hidden = new FileTreeBuilder(depth, mostChildren);
    MergedFilesystem filesystem = new MergedFilesystem(layers);
    SharedContents shared = SharedContents.of(filesystem);
    filesystem.walk(
        new TreeVisitor() {
          @Override
          public void visible(TreeNode node) {}

          @Override
          public void hidden(TreeNode node, int hiddenBy) {
            if (node.layer() == layer && !node.isDirectory()) {
              hidden.file(
                  node.path(),
                  FileChange.DELETED,
                  attributes(node),
                  lostBytes(node, shared),
                  link(node));
            }
          }
        });
    FileTree hiddenTree = hidden.tree();
    return new LayerView(changes.tree(), hiddenTree.deleted(), hiddenTree);
  }

  /** Those that a layer need not make. */
  private Set<String> directoriesBelow(int layer) {
    Set<String> paths = new HashSet<>();
    new MergedFilesystem(layers.subList(0, layer))
        .walk(
            new TreeVisitor() {
              @Override
              public void visible(TreeNode node) {
                if (node.isDirectory()) {
                  paths.add(node.path());
                }
              }

              @Override
              public void hidden(TreeNode node, int hiddenBy) {}
            });
    return paths;
  }

  /** What a layer holds of a file: nothing for a further name of it. */
  private static long ownBytes(TreeNode node) {
    return node.isHardLink() ? 0 : node.entry().sizeBytes();
  }

  /** What nobody sees any more: nothing where the content has another name that is there. */
  private static long lostBytes(TreeNode node, SharedContents shared) {
    return shared.isElsewhere(node) ? 0 : ownBytes(node);
  }

  static Attributes attributes(TreeNode node) {
    LayerEntry content = node.content();
    return new Attributes(
        type(node),
        content.mode(),
        Integer.toUnsignedLong(content.uid()),
        Integer.toUnsignedLong(content.gid()),
        content.sizeBytes());
  }

  static FileTree.Type type(TreeNode node) {
    return switch (node.entry().type()) {
      case FILE -> FileTree.Type.FILE;
      case HARD_LINK -> FileTree.Type.HARD_LINK;
      case DIRECTORY -> FileTree.Type.DIRECTORY;
      case SYMLINK -> FileTree.Type.SYMBOLIC_LINK;
      case SPECIAL -> FileTree.Type.SPECIAL;
      case WHITEOUT, OPAQUE -> throw new IllegalArgumentException("no entry: " + node);
    };
  }

  static @Nullable String link(TreeNode node) {
    return node.isSymlink() ? node.entry().linkTarget() : null;
  }

  /** Tells what the topmost layer does: of one path, hidden nodes come before the visible one. */
  private static final class ChangeVisitor implements TreeVisitor {
    private final int layer;
    private final FileTreeBuilder changes;
    private final SharedContents shared;
    private final Set<String> directoriesBelow;
    private @Nullable TreeNode hiddenNode;

    ChangeVisitor(
        int layer, FileTreeBuilder changes, SharedContents shared, Set<String> directoriesBelow) {
      this.layer = layer;
      this.changes = changes;
      this.shared = shared;
      this.directoriesBelow = directoriesBelow;
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
      if (node.layer() == layer && node.isDirectory()) {
        changes.directory(node.path(), attributes(node), !directoriesBelow.contains(node.path()));
      } else if (node.layer() == layer) {
        changes.file(
            node.path(),
            replaces ? FileChange.CHANGED : FileChange.ADDED,
            attributes(node),
            ownBytes(node),
            link(node));
      }
    }

    /** What was hidden and has nothing in its place is gone. */
    void finish() {
      TreeNode gone = hiddenNode;
      if (gone != null) {
        changes.file(
            gone.path(), FileChange.DELETED, attributes(gone), lostBytes(gone, shared), link(gone));
        hiddenNode = null;
      }
    }
  }
}
