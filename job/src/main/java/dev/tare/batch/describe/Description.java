package dev.tare.batch.describe;

import dev.tare.finding.NotInspected;
import dev.tare.store.StoredImage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of describing one image. */
public sealed interface Description {
  /** What was to be described. */
  StoredImage image();

  /**
   * The facts stand.
   *
   * @param madeOf all that they are made of, but the time; empty where they are not to be used
   *     again
   */
  record Described(StoredImage image, JsonNode facts, Optional<String> madeOf)
      implements Description {}

  /**
   * They are made of the same as those that the image had last.
   *
   * @param factsId the number of these
   * @param ageDays of the image now, null where it does not say when it was built
   */
  record Unchanged(StoredImage image, long factsId, @Nullable Long ageDays)
      implements Description {}

  /** The image cannot be described. */
  record Undescribed(StoredImage image, NotInspected problem) implements Description {}
}
