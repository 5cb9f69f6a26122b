package dev.tare.batch.steps;

import dev.tare.error.FailureKind;
import dev.tare.layer.LayerFacts;
import dev.tare.layer.LayerFacts.Recognised;
import dev.tare.oci.Digest;
import java.util.Map;

/**
 * What came of reading one layer: a fault of one layer is a result, not an exception, so that
 * nothing vanishes from a chunk.
 */
sealed interface LayerReading {
  /** The layer was read. */
  record Read(LayerFacts facts) implements LayerReading {}

  /** Further files of the layer were read. */
  record ReadAgain(Digest layer, Map<String, Recognised> files, long fetchedBytes)
      implements LayerReading {}

  /** The layer cannot be read. */
  record Unreadable(Digest layer, FailureKind kind, String reason) implements LayerReading {}
}
