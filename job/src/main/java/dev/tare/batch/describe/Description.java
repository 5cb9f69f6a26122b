package dev.tare.batch.describe;

import dev.tare.finding.NotInspected;
import dev.tare.store.StoredImage;
import tools.jackson.databind.JsonNode;

/** What came of describing one image. */
public sealed interface Description {
  /** What was to be described. */
  StoredImage image();

  /** The facts stand. */
  record Described(StoredImage image, JsonNode facts) implements Description {}

  /** The image cannot be described. */
  record Undescribed(StoredImage image, NotInspected problem) implements Description {}
}
