package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of what an image stands on.
 *
 * @param ancestors root first, nearest last; ties stand side by side
 * @param root the earliest ancestor; null where none is known
 * @param parent the nearest ancestor; null where none is known
 * @param annotated what {@code org.opencontainers.image.base.*} say; null where they are absent
 * @param outdated null where it was not looked up
 * @param boundaries positions in the history where an ancestor most likely ended
 */
public record Lineage(
    List<Ancestor> ancestors,
    @Nullable Ancestor root,
    @Nullable Ancestor parent,
    @Nullable Annotated annotated,
    @Nullable Outdated outdated,
    List<Integer> boundaries) {

  /** Nothing known. */
  public static final Lineage UNKNOWN = new Lineage(List.of(), null, null, null, null, List.of());

  /** Copies the collections. */
  public Lineage {
    ancestors = List.copyOf(ancestors);
    boundaries = List.copyOf(boundaries);
  }

  /** The base as annotations or labels name it, not verified; digest as written. */
  public record Annotated(@Nullable String name, @Nullable String digest) {}

  /**
   * Where the parent's tag points now.
   *
   * @param lagDays days from the parent in use to the current one; null where a date is missing
   */
  public record Outdated(Digest currentDigest, @Nullable Integer lagDays) {}
}
