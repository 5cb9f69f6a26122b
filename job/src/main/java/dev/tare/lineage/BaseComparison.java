package dev.tare.lineage;

import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares a base with all images that are known. Immutable. */
public final class BaseComparison {
  private static final int MOST = 5;

  private final List<ComparedImage> known;
  private final LocalDate day;
  private final Set<Digest> carrying = new HashSet<>();

  /**
   * Among these images.
   *
   * @param day on which their distributions are to get fixes
   */
  public BaseComparison(Collection<ComparedImage> known, LocalDate day) {
    this.known = List.copyOf(known);
    this.day = day;
    known.forEach(image -> carrying.addAll(image.ancestors()));
  }

  /** Whether others stand on it, or it starts nothing. */
  public boolean isBase(ComparedImage image) {
    return image.contents().startsNothing() || carrying.contains(image.digest());
  }

  /**
   * The smallest images that are of the same platform, of the same distribution or with a runtime
   * in common, not past the end of its life, and that are bases; each once, whatever its names.
   */
  public List<Relative> smallerThan(ComparedImage base) {
    Set<Digest> listed = new HashSet<>();
    Platform platform = Platform.parse(base.platform()).normalised();
    return known.stream()
        .filter(image -> Platform.parse(image.platform()).normalised().equals(platform))
        .filter(this::isBase)
        .filter(image -> !image.contents().isPastItsEnd(day))
        .filter(image -> image.contents().sizeBytes() < base.contents().sizeBytes())
        .map(image -> between(base, image))
        .filter(relative -> relative.sameOs() || !relative.runtimes().isEmpty())
        .sorted(
            Comparator.comparingLong(Relative::bytesLess)
                .reversed()
                .thenComparing(relative -> relative.image().reference()))
        .filter(relative -> listed.add(relative.image().digest()))
        .limit(MOST)
        .toList();
  }

  private static Relative between(ComparedImage base, ComparedImage image) {
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
