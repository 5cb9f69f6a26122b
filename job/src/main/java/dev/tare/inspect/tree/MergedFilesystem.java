package dev.tare.inspect.tree;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.TreeOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The layers of an image applied in order, as one merge of their sorted indexes: what a container
 * sees, and what is shipped but hidden. Holds in memory the targets of hard links, symbolic links,
 * and what a layer writes through them, and nothing else that grows with the number of files.
 *
 * <p>"Whiteout files MUST only apply to resources in lower/parent layers. Files that are present in
 * the same layer as a whiteout file can only be hidden by whiteout files in subsequent layers."
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts">Image
 *     layers, whiteouts</a>
 */
public final class MergedFilesystem {
  /** The same large layer may stand in a manifest a thousand times. */
  private static final long MAX_ENTRIES = 10_000_000;

  private static final BitSet NONE = new BitSet();

  private final DirectoryLinks links = new DirectoryLinks();
  private final List<PlacedLayer> layers;

  /** Root layer first; throws LIMIT where there is more than can be gone through in a minute. */
  public MergedFilesystem(List<LayerIndex> layers) {
    long entries = layers.stream().mapToLong(LayerIndex::size).sum();
    if (entries > MAX_ENTRIES) {
      throw new TareException(
          FailureKind.LIMIT,
          "the layers have " + entries + " entries together, limit " + MAX_ENTRIES);
    }
    this.layers = PlacedLayer.ofEach(layers, links);
  }

  /** Where a path (without leading slash) leads to in the end, all symbolic links followed. */
  public String resolve(String path) {
    return links.resolve(path);
  }

  /** The same; null where the links turn in a circle, or are more than anybody follows. */
  @Nullable String follow(String path) {
    return links.follow(path);
  }

  /** The paths of all symbolic links that are there in the end. */
  Collection<String> symlinks() {
    return links.paths();
  }

  /** Whether another name of the same layer's tree stands for this file. */
  boolean isHardLinkTarget(TreeNode node) {
    return layers.get(node.layer()).isLinkTarget(node.content().path());
  }

  /** Layers that hide what lower layers have below a directory. */
  private record Cut(String directory, BitSet layers) {
    boolean covers(String path) {
      return isBelow(path, directory);
    }
  }

  private static final class Cursor implements Comparable<Cursor> {
    private final int layer;
    private final Iterator<LayerEntry> entries;
    private LayerEntry current;

    Cursor(int layer, Iterator<LayerEntry> entries) {
      this.layer = layer;
      this.entries = entries;
      this.current = entries.next();
    }

    boolean advance() {
      if (!entries.hasNext()) {
        return false;
      }
      current = entries.next();
      return true;
    }

    @Override
    public int compareTo(Cursor other) {
      int byPath = TreeOrder.INSTANCE.compare(current.path(), other.current.path());
      return byPath != 0 ? byPath : Integer.compare(layer, other.layer);
    }
  }

  /** Shows every visible path and every hidden file to a visitor. */
  public void walk(TreeVisitor visitor) {
    PriorityQueue<Cursor> cursors = new PriorityQueue<>();
    for (int i = 0; i < layers.size(); i++) {
      Iterator<LayerEntry> entries = layers.get(i).entries();
      if (entries.hasNext()) {
        cursors.add(new Cursor(i, entries));
      }
    }
    Deque<Cut> cuts = new ArrayDeque<>();
    List<TreeNode> nodes = new ArrayList<>();
    Cursor least = cursors.poll();
    while (least != null) {
      String path = least.current.path();
      nodes.clear();
      BitSet whiteouts = NONE;
      BitSet opaques = NONE;
      while (least != null && least.current.path().equals(path)) {
        LayerEntry entry = least.current;
        switch (entry.type()) {
          case WHITEOUT -> whiteouts = with(whiteouts, least.layer);
          case OPAQUE -> opaques = with(opaques, least.layer);
          case HARD_LINK -> {
            TreeNode node = layers.get(least.layer).node(least.layer, entry);
            if (node.isDangling()) {
              visitor.leftOut(least.layer, entry);
            } else {
              nodes.add(node);
            }
          }
          case FILE, DIRECTORY, SYMLINK, SPECIAL ->
              nodes.add(layers.get(least.layer).node(least.layer, entry));
        }
        least = next(least, cursors);
      }
      while (!cuts.isEmpty() && !cuts.element().covers(path)) {
        cuts.pop();
      }
      BitSet inherited = cuts.isEmpty() ? NONE : cuts.element().layers();
      show(nodes, inherited, whiteouts, visitor);
      if (least != null && isBelow(least.current.path(), path)) {
        BitSet own = below(nodes, whiteouts, opaques);
        if (!own.isEmpty()) {
          own.or(inherited);
          cuts.push(new Cut(path, own));
        }
      }
    }
  }

  /** The cursor of the next entry: mostly the same one, which then costs the others nothing. */
  private static @Nullable Cursor next(Cursor cursor, PriorityQueue<Cursor> others) {
    if (!cursor.advance()) {
      return others.poll();
    }
    Cursor first = others.peek();
    if (first == null || cursor.compareTo(first) < 0) {
      return cursor;
    }
    others.add(cursor);
    return others.poll();
  }

  private static BitSet with(BitSet set, int layer) {
    BitSet changed = new BitSet();
    changed.or(set);
    changed.set(layer);
    return changed;
  }

  private static boolean isBelow(String path, String directory) {
    return directory.isEmpty()
        || (path.length() > directory.length()
            && path.charAt(directory.length()) == '/'
            && path.startsWith(directory));
  }

  /** The layers that hide what lower ones have below this path. */
  private static BitSet below(List<TreeNode> nodes, BitSet whiteouts, BitSet opaques) {
    BitSet own = new BitSet();
    own.or(whiteouts);
    own.or(opaques);
    for (TreeNode node : nodes) {
      if (!node.isDirectory() && node.layer() > 0) {
        own.set(node.layer());
      }
    }
    return own;
  }

  /** One path: the nodes of the layers that hold it, lowest first. */
  private static void show(
      List<TreeNode> nodes, BitSet inherited, BitSet whiteouts, TreeVisitor visitor) {
    for (int i = 0; i < nodes.size(); i++) {
      TreeNode node = nodes.get(i);
      @Nullable TreeNode next = i + 1 < nodes.size() ? nodes.get(i + 1) : null;
      int hiddenBy = earliest(inherited, whiteouts, node.layer());
      if (next != null && (hiddenBy < 0 || next.layer() <= hiddenBy)) {
        if (node.isDirectory() && next.isDirectory()) {
          continue; // One directory in two layers: they merge.
        }
        hiddenBy = next.layer();
      }
      if (hiddenBy < 0) {
        visitor.visible(node);
      } else {
        visitor.hidden(node, hiddenBy);
      }
    }
  }

  private static int earliest(BitSet inherited, BitSet whiteouts, int layer) {
    int a = inherited.nextSetBit(layer + 1);
    int b = whiteouts.nextSetBit(layer + 1);
    if (a < 0) {
      return b;
    }
    return b < 0 ? a : Math.min(a, b);
  }
}
