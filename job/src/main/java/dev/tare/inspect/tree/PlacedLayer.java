package dev.tare.inspect.tree;

import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerIndex;
import dev.tare.layer.TreeOrder;
import java.util.ArrayList;
import java.util.Collection;
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

  /** Where the targets of this layer's hard links come to lie, by how the links name them. */
  private final Map<String, String> wanted;

  private final Map<String, Content> linkTargets = new HashMap<>();

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
      Map<String, String> wanted) {
    this.index = index;
    this.moved = moved;
    this.originals = originals;
    this.movedFrom = movedFrom;
    this.wanted = wanted;
  }

  /**
   * Places each layer on those before it; root layer first.
   *
   * @param links of none of them yet, then of all
   */
  static List<PlacedLayer> ofEach(List<LayerIndex> layers, DirectoryLinks links) {
    List<PlacedLayer> placed = new ArrayList<>();
    for (LayerIndex layer : layers) {
      Map<String, String> wanted = new HashMap<>();
      Moved those = moved(layer, links, wanted);
      wanted.replaceAll((target, place) -> links.placeOf(target));
      placed.add(new PlacedLayer(layer, those.entries, those.originals, those.from, wanted));
    }
    HardLinkTargets.find(placed);
    return placed;
  }

  /** What of a layer comes to lie elsewhere. */
  private record Moved(
      List<LayerEntry> entries, Map<String, LayerEntry> originals, Set<String> from) {}

  private static Moved moved(LayerIndex layer, DirectoryLinks links, Map<String, String> wanted) {
    List<LayerEntry> moved = new ArrayList<>();
    Map<String, LayerEntry> originals = new HashMap<>();
    Set<String> movedFrom = new HashSet<>();
    for (LayerEntry entry : layer) {
      String target = entry.type() == EntryType.HARD_LINK ? entry.linkTarget() : null;
      if (target != null && !target.isEmpty()) {
        wanted.put(target, target);
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

  private static boolean isContent(LayerEntry entry) {
    return entry.type() != EntryType.WHITEOUT && entry.type() != EntryType.OPAQUE;
  }

  /** Where the targets of its hard links come to lie. */
  Collection<String> wantedPlaces() {
    return wanted.values();
  }

  /** What its hard links name, as they write it. */
  Set<String> wantedTargets() {
    return wanted.keySet();
  }

  /** Where this target comes to lie. */
  String placeOf(String target) {
    return wanted.getOrDefault(target, target);
  }

  /** Says which file the links to this target stand for. */
  void link(String target, Content file) {
    linkTargets.put(target, file);
  }

  /** The file that the links to this target stand for; null where there is none. */
  @Nullable Content linked(String target) {
    return linkTargets.get(target);
  }

  /** An entry under the path that the layer has it at. */
  LayerEntry original(LayerEntry entry) {
    return originals.isEmpty() ? entry : originals.getOrDefault(entry.path(), entry);
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
    return new TreeNode(layer, entry, layer, original(entry));
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
