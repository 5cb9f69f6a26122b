package dev.tare.inspect;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.inspect.tree.FileTreeBuilder;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.SharedContents;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.TreeOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what containers of two images see. Holds the files of the first in memory. */
public final class FileComparer {
  /** About 200 MB. */
  private static final int MOST_FILES = 1_000_000;

  private final List<Seen> before;
  private final FileTreeBuilder tree;
  private int next;
  private long same;
  private long alike;

  private FileComparer(List<Seen> before, FileTreeBuilder tree) {
    this.before = before;
    this.tree = tree;
  }

  /** A path of one of the images, and the layer and path that hold its content. */
  private record Seen(TreeNode node, String source, long bytes) {
    boolean isDirectory() {
      return node.isDirectory();
    }

    boolean isLike(Seen other) {
      return ImageExplorer.type(node).isLike(ImageExplorer.type(other.node))
          && node.content().mode() == other.node.content().mode()
          && node.content().uid() == other.node.content().uid()
          && node.content().gid() == other.node.content().gid()
          && node.content().sizeBytes() == other.node.content().sizeBytes()
          && Objects.equals(ImageExplorer.link(node), ImageExplorer.link(other.node));
    }
  }

  /**
   * Compares two images.
   *
   * @param before layers, root first
   * @param depth how many levels of directories are opened
   * @param mostChildren how many entries of a directory are shown
   * @throws TareException of kind LIMIT where the first has more files than are compared
   */
  public static FileDifferences compare(
      List<LayerFacts> before, List<LayerFacts> after, int depth, int mostChildren) {
    List<Seen> first = new ArrayList<>();
    walk(
        before,
        seen -> {
          if (first.size() == MOST_FILES) {
            throw new TareException(
                FailureKind.LIMIT,
                "compare files: the first image has more than the limit of " + MOST_FILES);
          }
          first.add(seen);
        });
    FileComparer comparer = new FileComparer(first, new FileTreeBuilder(depth, mostChildren));
    walk(after, comparer::take);
    comparer.deleteUpTo(null);
    return new FileDifferences(comparer.tree.tree(), comparer.same, comparer.alike);
  }

  private interface Each {
    void take(Seen seen);
  }

  private static void walk(List<LayerFacts> layers, Each each) {
    MergedFilesystem filesystem =
        new MergedFilesystem(layers.stream().map(LayerFacts::index).toList());
    SharedContents shared = SharedContents.of(filesystem);
    filesystem.walk(
        new TreeVisitor() {
          @Override
          public void visible(TreeNode node) {
            each.take(
                new Seen(
                    node,
                    layers.get(node.contentLayer()).digest() + "/" + node.content().path(),
                    shared.counts(node) ? node.content().sizeBytes() : 0));
          }

          @Override
          public void hidden(TreeNode node, int hiddenBy) {}
        });
  }

  private void take(Seen after) {
    deleteUpTo(after.node().path());
    Seen old =
        next < before.size() && before.get(next).node().path().equals(after.node().path())
            ? before.get(next++)
            : null;
    if (after.isDirectory()) {
      if (old != null && !old.isDirectory()) {
        add(old, FileChange.DELETED);
      }
      tree.directory(
          after.node().path(),
          ImageExplorer.attributes(after.node()),
          old == null || !old.isLike(after));
    } else if (old == null || old.isDirectory()) {
      add(after, FileChange.ADDED);
    } else if (!old.isLike(after)) {
      add(after, FileChange.CHANGED);
    } else if (old.source().equals(after.source()) || !after.node().isFile()) {
      same++;
    } else {
      alike++;
    }
  }

  /** What comes before this path, or all that is left, is not in the second image. */
  private void deleteUpTo(@Nullable String path) {
    while (next < before.size()
        && (path == null || TreeOrder.INSTANCE.compare(before.get(next).node().path(), path) < 0)) {
      Seen gone = before.get(next++);
      if (!gone.isDirectory()) {
        add(gone, FileChange.DELETED);
      }
    }
  }

  private void add(Seen seen, FileChange change) {
    tree.file(
        seen.node().path(),
        change,
        ImageExplorer.attributes(seen.node()),
        seen.bytes(),
        ImageExplorer.link(seen.node()));
  }
}
