package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All images of a run, each under what it stands on: which images a change of a base touches.
 *
 * @param trees one for each root: those that carry the most images first, then the heaviest
 */
public record Forest(List<Tree> trees) {
  /** Copies the trees. */
  public Forest {
    trees = List.copyOf(trees);
  }

  /** Plants these images. */
  public static Forest of(Collection<ForestImage> images) {
    return new Planting(images).forest();
  }

  /**
   * The trees with only the branches that lead to what matches, and all that stands on what
   * matches.
   */
  public Forest pruned(Predicate<Tree> matches) {
    return new Forest(
        trees.stream().map(tree -> tree.pruned(matches)).filter(Objects::nonNull).toList());
  }

  /** A forest as it grows. */
  private static final class Planting {
    private final Collection<ForestImage> images;
    private final Map<String, String> nameOf = new HashMap<>();
    private final Map<String, SortedSet<String>> twins = new HashMap<>();

    Planting(Collection<ForestImage> images) {
      this.images = images;
      for (ForestImage image : images) {
        nameOf.put(place(image.name(), image.digest()), image.name());
      }
      for (ForestImage image : images) {
        levels(image).values().stream()
            .filter(ties -> ties.size() > 1)
            .forEach(ties -> join(ties.stream().map(this::name).toList()));
      }
    }

    /** From now on these names stand together. */
    private void join(List<String> names) {
      TreeSet<String> all = new TreeSet<>();
      names.forEach(name -> all.addAll(together(name)));
      all.forEach(name -> twins.put(name, all));
    }

    private SortedSet<String> together(String name) {
      return twins.getOrDefault(name, new TreeSet<>(List.of(name)));
    }

    Forest forest() {
      Map<String, Tree> roots = new LinkedHashMap<>();
      for (ForestImage image : images) {
        Tree place = null;
        for (Map.Entry<Integer, List<Ancestor>> level : levels(image).entrySet()) {
          Ancestor ancestor = level.getValue().getFirst();
          place = child(roots, place, name(ancestor));
          place.standsBelow(ancestor, image.layers().subList(0, level.getKey()));
        }
        child(roots, place, image.name()).add(image);
      }
      return new Forest(Tree.sorted(new ArrayList<>(roots.values())));
    }

    private Tree child(Map<String, Tree> roots, @Nullable Tree place, String name) {
      List<String> names = List.copyOf(together(name));
      String key = String.join(" ", names);
      return place == null
          ? roots.computeIfAbsent(key, missing -> new Tree(names))
          : place.child(key, names);
    }

    /** Ancestors by number of layers, so that ties stand together; never more than there are. */
    private static SortedMap<Integer, List<Ancestor>> levels(ForestImage image) {
      return image.chain().stream()
          .collect(
              Collectors.groupingBy(
                  ancestor -> Math.min(ancestor.layers(), image.layers().size()),
                  TreeMap::new,
                  Collectors.toList()));
    }

    /** One digest may stand in several repositories, each with a change of its own to come. */
    private static String place(String name, Digest digest) {
      return ImageName.repository(name) + "@" + digest;
    }

    /**
     * As the run shows it; one that was not scanned with its digest, which its tag may have left.
     */
    private String name(Ancestor ancestor) {
      Digest digest = ancestor.digest();
      if (digest == null) {
        return ancestor.reference();
      }
      String known = nameOf.get(place(ancestor.reference(), digest));
      if (known != null) {
        return known;
      }
      return ancestor.reference().contains("@")
          ? ancestor.reference()
          : ancestor.reference() + "@" + digest;
    }
  }
}
