package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image stands on.
 *
 * @param chain the ancestors that are known, root first, parent last; images that the evidence fits
 *     equally well stand beside each other, as ties
 * @param root the ancestor with the fewest layers; null where none is known by its layers
 * @param parent the nearest ancestor; the first of them where there are ties; null where none is
 *     known
 * @param baseLayers how many of the image's layers, counted from the root, belong to its parent; 0
 *     where no ancestor is known by its layers
 * @param annotated what the image itself says its base is; null where it says nothing
 * @param boundaries positions in the history where an ancestor most likely ended: a guess by
 *     custom, of a confidence of 0.3, so that nothing is decided by it alone. Most images end with
 *     CMD, but not all do, and CMD may stand anywhere in a Dockerfile
 */
public record Lineage(
    List<Ancestor> chain,
    @Nullable Ancestor root,
    @Nullable Ancestor parent,
    int baseLayers,
    @Nullable Annotated annotated,
    Outdated outdated,
    List<Integer> boundaries) {

  /**
   * The ancestor's chain ID is among the image's: its content is there, bit by bit, as the lowest
   * layers. That is a fact, not an estimate; which of several names for that content the build used
   * is what {@link Ancestor#tie} is about.
   */
  public static final double LAYERS_CONFIDENCE = 1.0;

  /**
   * The image says so and nothing contradicts it, but the named image is not known, so that its
   * layers cannot be compared. An estimate, more likely right than not: build tools write it from
   * the FROM line, but labels are inherited from parent to child and may be a generation old.
   */
  public static final double ANNOTATION_CONFIDENCE = 0.6;

  /**
   * Both have the same layers, and the one's whole history is the beginning of the other's: the
   * content is there for certain, which came first is the history's word alone.
   */
  public static final double HISTORY_CONFIDENCE = 0.9;

  /**
   * The history begins with all steps of an official image, with their variables, and nothing of
   * its layers was compared: whoever copies a Dockerfile leaves the same. Below what rules ask for
   * (0.5), so that nothing passes by it.
   */
  public static final double FAMILY_CONFIDENCE = 0.4;

  /** Copies the lists. */
  public Lineage {
    chain = List.copyOf(chain);
    boundaries = List.copyOf(boundaries);
  }

  /**
   * With the image that a family names as the nearest ancestor, where none is known otherwise: what
   * layers or annotations say is never contradicted.
   */
  public Lineage with(@Nullable Family family) {
    String reference = family == null ? null : family.reference();
    if (family == null || reference == null || !chain.isEmpty()) {
      return this;
    }
    Ancestor ancestor =
        new Ancestor(reference, null, 0, List.of(Evidence.FAMILY), family.confidence(), false);
    return new Lineage(
        List.of(ancestor),
        root,
        ancestor,
        baseLayers,
        annotated,
        Outdated.unknown("the parent " + reference + " is known by its build steps only"),
        boundaries);
  }

  /** What the layers say about an image's own word. */
  public enum Standing {
    /** The named image is known and its layers are the image's lowest. */
    CONFIRMED,
    /** The named image is not known, or only its tag is, which may have moved. */
    UNCONFIRMED,
    /** The image with the named digest is known, and its layers are not the image's. */
    CONTRADICTED
  }

  /**
   * The base image annotations, of the manifest or as labels of the config.
   *
   * @param name {@code org.opencontainers.image.base.name}, as written
   * @param digest {@code org.opencontainers.image.base.digest}; null where it is missing or none
   */
  public record Annotated(@Nullable String name, @Nullable Digest digest, Standing standing) {}

  /**
   * Whether the parent's name stands for something newer now.
   *
   * @param known false where there is no parent, it is one of several ties, or nobody knows what
   *     its name stands for now
   * @param currentDigest of the manifest of the same platform that the name stands for now; equal
   *     to the parent's digest where the parent is up to date
   * @param lagDays days from the creation of the parent to that of the current image, 0 where they
   *     are the same; null where not both times are known
   * @param unknownBecause why it is not known; null where it is, and where there is no parent that
   *     could be outdated
   */
  public record Outdated(
      boolean known,
      @Nullable Digest currentDigest,
      @Nullable Integer lagDays,
      @Nullable String unknownBecause) {
    /** Nothing that could be outdated. */
    public static final Outdated NO_PARENT = new Outdated(false, null, null, null);

    static Outdated unknown(String because) {
      return new Outdated(false, null, null, because);
    }

    static Outdated current(Digest digest, @Nullable Integer lagDays) {
      return new Outdated(true, digest, lagDays, null);
    }
  }
}
