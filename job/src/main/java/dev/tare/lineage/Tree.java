package dev.tare.lineage;

import dev.tare.lineage.ForestImage.Layer;
import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A base and all that stands on it: one name with the images of the run that bear it (one for each
 * platform), or an ancestor that the run has not scanned. Several names stand together where their
 * layers are the same, so that nobody can tell which of them the images above were built from.
 */
public final class Tree {
  private final List<String> names;
  private final List<ForestImage> images = new ArrayList<>();
  private final Map<String, Tree> children = new LinkedHashMap<>();
  private final Map<Digest, Long> ownLayers = new HashMap<>();

  /** Its layers as one image above has them, which may be compressed otherwise than its own. */
  private final Map<Digest, Long> borrowedLayers = new HashMap<>();

  private @Nullable Ancestor ancestor;

  Tree(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** Its name; several where they cannot be told apart. Sorted. */
  public List<String> names() {
    return names;
  }

  /** The images of the run that stand here themselves; empty for one that was not scanned. */
  public List<ForestImage> images() {
    return List.copyOf(images);
  }

  /** As an image above names it; null where nothing stands on it. */
  public @Nullable Ancestor ancestor() {
    return ancestor;
  }

  /** What stands on it directly: the most images first, then the heaviest. */
  public List<Tree> children() {
    return sorted(children.values().stream().toList());
  }

  /** The images of the run that stand on it, by name, directly or not, without itself. */
  public List<ForestImage> above() {
    Map<String, ForestImage> found = new LinkedHashMap<>();
    for (Tree child : children()) {
      child.collect(found);
    }
    return List.copyOf(found.values());
  }

  private void collect(Map<String, ForestImage> found) {
    images.forEach(image -> found.put(image.name() + image.digest(), image));
    children().forEach(child -> child.collect(found));
  }

  /**
   * Compressed bytes of its own layers, each once; null where no layers of it are known. Those of
   * all platforms where it has several.
   */
  public @Nullable Long sizeBytes() {
    if (!images.isEmpty()) {
      return sum(ownLayers);
    }
    return borrowedLayers.isEmpty() ? null : sum(borrowedLayers);
  }

  /** Compressed bytes that it adds to what it stands on; null where that is not known. */
  public @Nullable Long addedBytes() {
    if (images.isEmpty()) {
      return null;
    }
    Map<Digest, Long> added = new HashMap<>();
    for (ForestImage image : images) {
      if (!image.chain().isEmpty() && image.baseLayers() == 0) {
        return null;
      }
      image
          .layers()
          .subList(image.baseLayers(), image.layers().size())
          .forEach(layer -> added.put(layer.digest(), layer.sizeBytes()));
    }
    return sum(added);
  }

  /** Compressed bytes of it and all that stands on it, each layer once. */
  public long togetherBytes() {
    Map<Digest, Long> all = new HashMap<>();
    gather(all);
    return sum(all);
  }

  private void gather(Map<Digest, Long> all) {
    all.putAll(ownLayers);
    children.values().forEach(child -> child.gather(all));
  }

  private static long sum(Map<Digest, Long> layers) {
    return layers.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * This tree with only the branches that lead to, or begin at, what matches; null where nothing
   * does.
   */
  @Nullable Tree pruned(Predicate<Tree> matches) {
    if (matches.test(this)) {
      return this;
    }
    Tree kept = new Tree(names);
    kept.images.addAll(images);
    kept.ancestor = ancestor;
    kept.ownLayers.putAll(ownLayers);
    kept.borrowedLayers.putAll(borrowedLayers);
    children.forEach((key, child) -> {
      Tree branch = child.pruned(matches);
      if (branch != null) {
        kept.children.put(key, branch);
      }
    });
    return kept.children.isEmpty() ? null : kept;
  }

  Tree child(String key, List<String> childNames) {
    return children.computeIfAbsent(key, missing -> new Tree(childNames));
  }

  void add(ForestImage image) {
    images.add(image);
    image.layers().forEach(layer -> ownLayers.put(layer.digest(), layer.sizeBytes()));
  }

  void standsBelow(Ancestor named, List<Layer> layers) {
    if (ancestor == null) {
      ancestor = named;
      layers.forEach(layer -> borrowedLayers.put(layer.digest(), layer.sizeBytes()));
    }
  }

  static List<Tree> sorted(List<Tree> trees) {
    Map<Tree, Integer> standing = new HashMap<>();
    Map<Tree, Long> weight = new HashMap<>();
    for (Tree tree : trees) {
      standing.put(tree, tree.count());
      weight.put(tree, tree.togetherBytes());
    }
    return trees.stream()
        .sorted(
            Comparator.<Tree>comparingInt(tree -> standing.getOrDefault(tree, 0))
                .thenComparingLong(tree -> weight.getOrDefault(tree, 0L))
                .reversed()
                .thenComparing(tree -> tree.names.getFirst()))
        .toList();
  }

  /** How many images stand on it. */
  private int count() {
    Set<String> found = new HashSet<>();
    children.values().forEach(child -> child.count(found));
    return found.size();
  }

  private void count(Set<String> found) {
    images.forEach(image -> found.add(image.name() + image.digest()));
    children.values().forEach(child -> child.count(found));
  }
}
