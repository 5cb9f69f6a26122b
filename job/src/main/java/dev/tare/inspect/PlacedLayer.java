package dev.tare.inspect;

import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.TreeOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A layer as it comes to lie on those below: where they have a symbolic link in the place of a
 * directory, {@code bin -> usr/bin}, what the layer has as {@code bin/x} is written to {@code
 * usr/bin/x}, and a whiteout of {@code bin/x} deletes that. So unpacking does, within the root.
 */
final class PlacedLayer {
  private final LayerIndex index;
  private final List<LayerEntry> moved;
  private final Map<String, LayerEntry> originals;
  private final Set<String> movedFrom;
  private final Map<String, Content> linkTargets;

  /**
   * The file that a hard link names.
   *
   * @param layer that holds it
   */
  record Content(int layer, LayerEntry entry) {}

  private PlacedLayer(
      LayerIndex index,
      List<LayerEntry> moved,
      Map<String, LayerEntry> originals,
      Set<String> movedFrom,
      Map<String, Content> linkTargets) {
    this.index = index;
    this.moved = moved;
    this.originals = originals;
    this.movedFrom = movedFrom;
    this.linkTargets = linkTargets;
  }

  /**
   * Places each layer on those before it; root layer first.
   *
   * @param links of none of them yet, then of all
   */
  static List<PlacedLayer> ofEach(List<LayerIndex> layers, DirectoryLinks links) {
    List<Set<String>> wanted = new ArrayList<>();
    List<Moved> moved = new ArrayList<>();
    for (LayerIndex layer : layers) {
      Set<String> targets = new HashSet<>();
      moved.add(moved(layer, links, targets));
      wanted.add(targets);
    }
    List<Map<String, Content>> linkTargets = linkTargets(layers, wanted);
    List<PlacedLayer> placed = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Moved those = moved.get(i);
      placed.add(
          new PlacedLayer(
              layers.get(i), those.entries, those.originals, those.from, linkTargets.get(i)));
    }
    return placed;
  }

  /** What of a layer comes to lie elsewhere. */
  private record Moved(
      List<LayerEntry> entries, Map<String, LayerEntry> originals, Set<String> from) {}

  private static Moved moved(LayerIndex layer, DirectoryLinks links, Set<String> targets) {
    List<LayerEntry> moved = new ArrayList<>();
    Map<String, LayerEntry> originals = new HashMap<>();
    Set<String> movedFrom = new HashSet<>();
    for (LayerEntry entry : layer) {
      if (entry.type() == EntryType.HARD_LINK && entry.linkTarget() != null) {
        targets.add(entry.linkTarget());
      }
      String path = links.placeOf(entry.path());
      if (!path.equals(entry.path())) {
        moved.add(at(path, entry));
        movedFrom.add(entry.path());
        if (isContent(entry)) {
          originals.put(path, entry);
        }
      }
      links.apply(path, entry);
    }
    // Markers stand before the entry of the same path, which a stable sort keeps.
    moved.sort(Comparator.comparing(LayerEntry::path, TreeOrder.INSTANCE));
    return new Moved(moved, originals, movedFrom);
  }

  private static LayerEntry at(String path, LayerEntry entry) {
    return new LayerEntry(
        path,
        entry.type(),
        entry.mode(),
        entry.uid(),
        entry.gid(),
        entry.sizeBytes(),
        entry.linkTarget(),
        entry.content(),
        entry.capabilities());
  }

  /**
   * In the layer itself, else in the nearest below that has the path. Each layer is gone through
   * once, however many link to what is nowhere.
   */
  private static List<Map<String, Content>> linkTargets(
      List<LayerIndex> layers, List<Set<String>> wanted) {
    Set<String> all = new HashSet<>();
    int last = -1;
    for (int i = 0; i < wanted.size(); i++) {
      all.addAll(wanted.get(i));
      last = wanted.get(i).isEmpty() ? last : i;
    }
    Map<String, Content> nearest = new HashMap<>();
    List<Map<String, Content>> targets = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (i <= last) {
        for (LayerEntry entry : layers.get(i)) {
          if (isContent(entry) && all.contains(entry.path())) {
            nearest.put(entry.path(), new Content(i, entry));
          }
        }
      }
      Map<String, Content> own = new HashMap<>();
      for (String path : wanted.get(i)) {
        Content content = nearest.get(path);
        if (content != null) {
          own.put(path, content);
        }
      }
      targets.add(own);
    }
    return targets;
  }

  static boolean isContent(LayerEntry entry) {
    return entry.type() != EntryType.WHITEOUT && entry.type() != EntryType.OPAQUE;
  }

  /** Whether another name of this layer stands for the file at this path of it. */
  boolean isLinkTarget(String path) {
    return linkTargets.containsKey(path);
  }

  /**
   * An entry with what it holds: that of its target for a hard link.
   *
   * @param layer number of this layer
   */
  TreeNode node(int layer, LayerEntry entry) {
    Content target =
        entry.type() == EntryType.HARD_LINK && entry.linkTarget() != null
            ? linkTargets.get(entry.linkTarget())
            : null;
    if (target != null) {
      return new TreeNode(layer, entry, target.layer(), target.entry());
    }
    LayerEntry own = originals.isEmpty() ? entry : originals.getOrDefault(entry.path(), entry);
    return new TreeNode(layer, entry, layer, own);
  }

  /** The entries where they come to lie, in the order of the tree. */
  Iterator<LayerEntry> entries() {
    return moved.isEmpty() ? index.iterator() : new Merged();
  }

  private final class Merged implements Iterator<LayerEntry> {
    private final Iterator<LayerEntry> staying = index.iterator();
    private final Iterator<LayerEntry> moving = moved.iterator();
    private @Nullable LayerEntry nextStaying = nextStaying();
    private @Nullable LayerEntry nextMoving = moving.next();

    private @Nullable LayerEntry nextStaying() {
      while (staying.hasNext()) {
        LayerEntry entry = staying.next();
        if (!movedFrom.contains(entry.path())) {
          return entry;
        }
      }
      return null;
    }

    @Override
    public boolean hasNext() {
      return nextStaying != null || nextMoving != null;
    }

    @Override
    public LayerEntry next() {
      LayerEntry stays = nextStaying;
      LayerEntry moves = nextMoving;
      if (stays == null && moves == null) {
        throw new NoSuchElementException();
      }
      if (stays != null
          && (moves == null || TreeOrder.INSTANCE.compare(stays.path(), moves.path()) <= 0)) {
        nextStaying = nextStaying();
        return stays;
      }
      nextMoving = moving.hasNext() ? moving.next() : null;
      return java.util.Objects.requireNonNull(moves);
    }
  }
}
