package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A smaller image that could carry what another base carries, and the measured difference. No word
 * about whether it would do: libraries that an application needs may be missing.
 *
 * @param bytesLess compressed
 * @param packagesLess null where packages of one of them could not be measured; negative where it
 *     has more
 * @param toolsGone names of tools that it does not have; null where tools of one of them could not
 *     be measured
 * @param toolsNew names of tools that only it has; null as {@code toolsGone}
 * @param sameOs whether both are of one distribution
 * @param runtimes language runtimes that both have
 */
public record Relative(
    ForestImage image,
    long bytesLess,
    @Nullable Integer packagesLess,
    @Nullable SortedSet<String> toolsGone,
    @Nullable SortedSet<String> toolsNew,
    boolean sameOs,
    SortedSet<String> runtimes) {
  private static final int MOST = 5;

  /**
   * The smallest of these images that are of the same platform, of the same distribution or with a
   * runtime in common, and that are bases: others stand on them, or they start nothing.
   */
  public static List<Relative> of(ForestImage base, Collection<ForestImage> images) {
    Set<Digest> carrying = new HashSet<>();
    for (ForestImage image : images) {
      image.chain().stream()
          .map(Ancestor::digest)
          .filter(digest -> digest != null)
          .forEach(carrying::add);
    }
    return images.stream()
        .filter(image -> image.platform().equals(base.platform()))
        .filter(image -> image.contents().startsNothing() || carrying.contains(image.digest()))
        .filter(image -> image.contents().sizeBytes() < base.contents().sizeBytes())
        .map(image -> between(base, image))
        .filter(relative -> relative.sameOs() || !relative.runtimes().isEmpty())
        .sorted(
            Comparator.comparingLong(Relative::bytesLess)
                .reversed()
                .thenComparing(relative -> relative.image().name()))
        .limit(MOST)
        .toList();
  }

  private static Relative between(ForestImage base, ForestImage image) {
    Contents before = base.contents();
    Contents after = image.contents();
    Integer packagesBefore = before.packages();
    Integer packagesAfter = after.packages();
    SortedSet<String> runtimes = new TreeSet<>(before.runtimes());
    runtimes.retainAll(after.runtimes());
    return new Relative(
        image,
        before.sizeBytes() - after.sizeBytes(),
        packagesBefore == null || packagesAfter == null
            ? null
            : Integer.valueOf(packagesBefore - packagesAfter),
        without(before.tools(), after.tools()),
        without(after.tools(), before.tools()),
        before.os() != null && before.os().equals(after.os()),
        runtimes);
  }

  private static @Nullable SortedSet<String> without(
      @Nullable Set<String> some, @Nullable Set<String> others) {
    if (some == null || others == null) {
      return null;
    }
    SortedSet<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
