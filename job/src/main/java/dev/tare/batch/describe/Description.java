package dev.tare.batch.describe;

import dev.tare.finding.NotInspected;
import dev.tare.lineage.Contents;
import dev.tare.oci.Digest;
import dev.tare.store.LastResults;
import dev.tare.store.PackedFacts;
import dev.tare.store.StoredImage;
import java.util.List;
import java.util.Optional;

/** What came of describing one image. */
public sealed interface Description {
  /** What was to be described. */
  StoredImage image();

  /**
   * The facts stand.
   *
   * @param contents what bases are compared by
   * @param ancestors digests of the images it stands on, those that are known, nearest last
   * @param madeOf all that they are made of, but the time; empty where they are not to be used
   *     again
   */
  record Described(
      StoredImage image,
      PackedFacts facts,
      Contents contents,
      List<Digest> ancestors,
      Optional<String> madeOf)
      implements Description {
    /** Copies the list. */
    public Described {
      ancestors = List.copyOf(ancestors);
    }
  }

  /** They are made of the same as these, which the image had last. */
  record Unchanged(StoredImage image, LastResults.Described facts) implements Description {}

  /** Layers are read once more before the image is described. */
  record Postponed(StoredImage image) implements Description {}

  /** The image cannot be described. */
  record Undescribed(StoredImage image, NotInspected problem) implements Description {}
}
