package dev.tare.batch.steps;

import dev.tare.batch.Judge;
import dev.tare.store.PackedOutcomes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How one image was judged.
 *
 * @param compressedBytes what it weighs, null where that was not measured
 */
record Judgement(long imageId, @Nullable Long compressedBytes, PackedOutcomes outcomes) {
  /** The judgement of an image with these facts. */
  static Judgement of(long imageId, JsonNode facts, Judge judge) {
    JsonNode compressed = facts.path("size").path("compressed");
    return new Judgement(
        imageId,
        compressed.isNumber() ? compressed.asLong() : null,
        PackedOutcomes.of(judge.outcomes(facts)));
  }
}
