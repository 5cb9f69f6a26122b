package dev.tare.inspect.tree;

import dev.tare.inspect.FileChange;
import dev.tare.inspect.FileTree;
import dev.tare.inspect.FileTree.Attributes;
import dev.tare.inspect.FileTree.Others;
import dev.tare.inspect.FileTree.Sum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Adds paths up to a tree of bounded size, as they come in the order of {@link
 * dev.tare.layer.TreeOrder}: everything below a directory before the next directory. Holds the
 * biggest entries of each open directory and nothing else, however many files there are.
 */
public final class FileTreeBuilder {
  private static final Comparator<FileTree> SMALLEST_FIRST =
      Comparator.comparingLong(FileTree::bytes)
          .thenComparingLong(FileTree::entries)
          .thenComparing(Comparator.comparing(FileTree::name).reversed());

  private final int depth;
  private final int mostChildren;
  private final Deque<Directory> open = new ArrayDeque<>();

  /**
   * A tree.
   *
   * @param depth how many levels of directories are opened; 1 shows what lies in the root
   * @param mostChildren how many entries of each directory are kept
   */
  public FileTreeBuilder(int depth, int mostChildren) {
    this.depth = depth;
    this.mostChildren = mostChildren;
    open.push(new Directory("", "", null));
  }

  /** A directory whose entries are still coming. */
  private final class Directory {
    private final String path;
    private final String name;
    private @Nullable Attributes attributes;
    private boolean shown;
    private final PriorityQueue<FileTree> biggest = new PriorityQueue<>(SMALLEST_FIRST);
    private Sum added = Sum.ZERO;
    private Sum changed = Sum.ZERO;
    private Sum deleted = Sum.ZERO;
    private long otherEntries;
    private long otherBytes;

    Directory(String path, String name, @Nullable Attributes attributes) {
      this.path = path;
      this.name = name;
      this.attributes = attributes;
    }

    boolean holds(String other) {
      return path.isEmpty()
          || (other.length() > path.length()
              && other.charAt(path.length()) == '/'
              && other.startsWith(path));
    }

    void take(FileTree entry, boolean shown) {
      added = added.plus(entry.added());
      changed = changed.plus(entry.changed());
      deleted = deleted.plus(entry.deleted());
      if (!shown) {
        return;
      }
      biggest.add(entry);
      if (biggest.size() > mostChildren) {
        FileTree dropped = biggest.remove();
        otherEntries++;
        otherBytes += dropped.bytes();
      }
    }

    FileTree closed() {
      List<FileTree> children = new ArrayList<>(biggest);
      children.sort(SMALLEST_FIRST.reversed());
      return new FileTree(
          name,
          true,
          attributes,
          added,
          changed,
          deleted,
          null,
          children,
          otherEntries == 0 ? null : new Others(otherEntries, otherBytes));
    }
  }

  /**
   * A directory.
   *
   * @param shown whether it is shown without anything in it
   */
  public void directory(String path, Attributes attributes, boolean shown) {
    closeUpTo(path);
    if (!path.isEmpty()) {
      openAbove(path + "/");
    }
    open.element().attributes = attributes;
    open.element().shown = shown;
  }

  /**
   * Anything else.
   *
   * @param bytes that count here
   * @param link where a symbolic link points
   */
  public void file(
      String path, FileChange change, Attributes attributes, long bytes, @Nullable String link) {
    closeUpTo(path);
    openAbove(path);
    Sum one = new Sum(1, bytes);
    open.element()
        .take(
            new FileTree(
                path.substring(path.lastIndexOf('/') + 1),
                false,
                attributes,
                change == FileChange.ADDED ? one : Sum.ZERO,
                change == FileChange.CHANGED ? one : Sum.ZERO,
                change == FileChange.DELETED ? one : Sum.ZERO,
                link,
                List.of(),
                null),
            isShown());
  }

  /** Whether entries of the directory that is open are kept one by one. */
  private boolean isShown() {
    return open.size() <= depth;
  }

  private void closeUpTo(String path) {
    while (open.size() > 1 && !open.element().holds(path)) {
      close();
    }
  }

  private void close() {
    Directory directory = open.pop();
    FileTree closed = directory.closed();
    if (closed.entries() > 0 || !closed.children().isEmpty() || directory.shown) {
      open.element().take(closed, isShown());
    }
  }

  /**
   * Opens the directories of a path that are not open yet; a tar need not have entries for them.
   */
  private void openAbove(String path) {
    int from = open.element().path.isEmpty() ? 0 : open.element().path.length() + 1;
    for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      open.push(new Directory(path.substring(0, slash), path.substring(from, slash), null));
      from = slash + 1;
    }
  }

  public FileTree tree() {
    while (open.size() > 1) {
      close();
    }
    return open.element().closed();
  }
}
