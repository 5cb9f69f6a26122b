package dev.tare.inspect;

import dev.tare.lineage.BaseMark;
import dev.tare.lineage.Provenance;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of an image hold that is not of the image itself.
 *
 * @param evaluatedAt the clock of the run
 * @param profile name of the settings profile
 * @param exclusiveBytes compressed bytes that no other image of this run shares; null where unknown
 * @param previous the build before this one; null where none is known
 * @param provenance what is attached to it
 * @param knownAsBase what says that it is a base itself
 */
public record InspectionContext(
    Instant evaluatedAt,
    String profile,
    @Nullable Long exclusiveBytes,
    ImageFacts.@Nullable Previous previous,
    Provenance provenance,
    Set<BaseMark> knownAsBase) {
  /** Copies the set. */
  public InspectionContext {
    knownAsBase = Set.copyOf(knownAsBase);
  }

  /** Where nobody has looked for earlier builds or for what is attached to the image. */
  public InspectionContext(Instant evaluatedAt, String profile, @Nullable Long exclusiveBytes) {
    this(evaluatedAt, profile, exclusiveBytes, null, Provenance.NOT_LOOKED_UP, Set.of());
  }
}
