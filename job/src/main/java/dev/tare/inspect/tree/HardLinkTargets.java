package dev.tare.inspect.tree;

import dev.tare.layer.EntryType;
import dev.tare.layer.LayerEntry;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that hard links name: in the link's own layer, else in the nearest below that has
 * the path, unless a layer between, or the link's own, deleted it. Each layer is gone through once,
 * however many link to what is nowhere.
 */
final class HardLinkTargets {
  /** Links to links; nobody who writes layers makes more than one such step. */
  private static final int MAX_STEPS = 40;

  private final List<PlacedLayer> layers;
  private final Set<String> wanted = new HashSet<>();

  /** Of the wanted paths those that are there, with what they were last. */
  private final TreeMap<String, PlacedLayer.Content> there = new TreeMap<>();

  private HardLinkTargets(List<PlacedLayer> layers) {
    this.layers = layers;
  }

  /** Tells each layer what its links name; root layer first. */
  static void find(List<PlacedLayer> layers) {
    new HardLinkTargets(layers).find();
  }

  private void find() {
    int last = -1;
    for (int i = 0; i < layers.size(); i++) {
      wanted.addAll(layers.get(i).wantedPlaces());
      last = layers.get(i).wantedPlaces().isEmpty() ? last : i;
    }
    for (int i = 0; i <= last; i++) {
      PlacedLayer layer = layers.get(i);
      apply(i, layer);
      for (String target : layer.wantedTargets()) {
        PlacedLayer.Content found = file(i, layer, target);
        if (found != null) {
          layer.link(target, found);
        }
      }
    }
  }

  private void apply(int number, PlacedLayer layer) {
    Iterator<LayerEntry> entries = layer.entries();
    while (entries.hasNext()) {
      LayerEntry entry = entries.next();
      String path = entry.path();
      switch (entry.type()) {
        case WHITEOUT -> {
          there.remove(path);
          removeBelow(path);
        }
        case OPAQUE -> removeBelow(path);
        case FILE, SYMLINK, HARD_LINK, SPECIAL -> {
          removeBelow(path);
          take(number, layer, entry);
        }
        case DIRECTORY -> take(number, layer, entry);
      }
    }
  }

  private void take(int number, PlacedLayer layer, LayerEntry entry) {
    if (wanted.contains(entry.path())) {
      there.put(entry.path(), new PlacedLayer.Content(number, layer.original(entry)));
    }
  }

  private void removeBelow(String path) {
    if (path.isEmpty()) {
      there.clear();
      return;
    }
    String next = there.higherKey(path);
    if (next != null && next.startsWith(path)) {
      there.subMap(path + "/", path + "0").clear(); // '0' follows '/'.
    }
  }

  /** What stands at the end of links to links; null where that is nothing, or a directory. */
  private PlacedLayer.@Nullable Content file(int number, PlacedLayer layer, String target) {
    String next = target;
    for (int step = 0; step < MAX_STEPS; step++) {
      PlacedLayer.Content found = there.get(layer.placeOf(next));
      if (found == null || found.entry().type() == EntryType.DIRECTORY) {
        return null;
      }
      String further = found.entry().linkTarget();
      if (found.entry().type() != EntryType.HARD_LINK || further == null) {
        return found;
      }
      if (found.layer() < number) {
        return layers.get(found.layer()).linked(further);
      }
      next = further;
    }
    return null;
  }
}
