package dev.tare.batch.steps;

import dev.tare.error.FailureKind;
import dev.tare.layer.LayerFacts;
import dev.tare.oci.Digest;

/**
 * What came of reading one layer: a fault of one layer is a result, not an exception, so that
 * nothing vanishes from a chunk.
 */
sealed interface LayerReading {
  /** The layer was read. */
  record Read(LayerFacts facts) implements LayerReading {}

  /** The layer cannot be read. */
  record Unreadable(Digest layer, FailureKind kind, String reason) implements LayerReading {}
}
