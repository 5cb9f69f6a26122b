package dev.tare.inspect.leftover;

import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.LeftoverCatalog;
import dev.tare.inspect.tree.BaseLayers;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.inspect.tree.TreeVisitor;
import dev.tare.layer.EntryType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up leftovers by kind and place. A kind with many places becomes one row for all of them, so
 * that the document stays small: {@code usr/lib/**}, for what is somewhere below that directory
 * beside other files.
 */
public final class LeftoverCollector implements TreeVisitor {
  private static final int MAX_PLACES = 16;

  /** Follows a directory that is no place itself, but holds several. */
  private static final String SOMEWHERE_BELOW = "/**";

  private final LeftoverCatalog.Matcher matcher;
  private final BaseLayers base;
  private final Map<Key, Map<String, Sum>> kinds = new HashMap<>();

  // Most leftovers lie beside one another.
  private LeftoverCatalog.@Nullable Match lastMatch;
  private int lastLayer;
  private Sum lastSum = new Sum();

  public LeftoverCollector(LeftoverCatalog catalog, BaseLayers base) {
    this.matcher = catalog.matcher();
    this.base = base;
  }

  private record Key(String kind, @Nullable Boolean inBase) {}

  private static final class Sum {
    private long bytes;
    private long files;
    private long hiddenBytes;
  }

  @Override
  public void visible(TreeNode node) {
    Sum sum = sum(node);
    if (sum != null) {
      sum.bytes += node.entry().sizeBytes();
      sum.files++;
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    Sum sum = sum(node);
    if (sum != null) {
      sum.hiddenBytes += node.entry().sizeBytes();
    }
  }

  private @Nullable Sum sum(TreeNode node) {
    if (node.entry().type() != EntryType.FILE || node.entry().sizeBytes() == 0) {
      return null;
    }
    LeftoverCatalog.Match match = matcher.match(node.path());
    if (match == null) {
      return null;
    }
    if (lastMatch != null && match.isSameAs(lastMatch) && node.layer() == lastLayer) {
      return lastSum;
    }
    Map<String, Sum> places =
        kinds.computeIfAbsent(
            new Key(match.kind(), base.contains(node.layer())), key -> new HashMap<>());
    String place = match.place();
    lastMatch = match;
    lastLayer = node.layer();
    if (places.size() >= MAX_PLACES && !places.containsKey(place)) {
      fold(places, place);
      place = places.keySet().iterator().next();
      lastMatch = null; // The next one has a place of its own again.
    }
    lastSum = places.computeIfAbsent(place, key -> new Sum());
    return lastSum;
  }

  /** Makes one place of all, wide enough to hold one more. */
  private static void fold(Map<String, Sum> places, String another) {
    String common = another;
    Sum all = new Sum();
    for (Map.Entry<String, Sum> place : places.entrySet()) {
      common = commonDirectory(common, directoryOf(place.getKey()));
      all.bytes += place.getValue().bytes;
      all.files += place.getValue().files;
      all.hiddenBytes += place.getValue().hiddenBytes;
    }
    places.clear();
    places.put(common + SOMEWHERE_BELOW, all);
  }

  private static String directoryOf(String place) {
    return place.endsWith(SOMEWHERE_BELOW)
        ? place.substring(0, place.length() - SOMEWHERE_BELOW.length())
        : place;
  }

  private static String commonDirectory(String left, String right) {
    String common = left;
    while (!common.isEmpty() && !(right + "/").startsWith(common + "/")) {
      int slash = common.lastIndexOf('/');
      common = slash < 0 ? "" : common.substring(0, slash);
    }
    return common;
  }

  /** One row a kind and place, sorted. */
  public List<ImageFacts.Leftover> rows() {
    List<ImageFacts.Leftover> rows = new ArrayList<>();
    kinds.forEach((key, places) ->
        places.forEach((place, sum) ->
            rows.add(
                new ImageFacts.Leftover(
                    key.kind(),
                    place.startsWith("/") ? place : "/" + place,
                    sum.bytes,
                    sum.files,
                    sum.hiddenBytes,
                    key.inBase()))));
    rows.sort(
        Comparator.comparing(ImageFacts.Leftover::kind)
            .thenComparing(ImageFacts.Leftover::path)
            .thenComparing(row -> String.valueOf(row.inBase())));
    return rows;
  }
}
