package dev.tare.batch.predict;

import dev.tare.layer.LayerFacts;
import dev.tare.oci.Digest;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds the layers that were asked for last, as long as there is memory: those of bases are asked
 * for with each image. Safe for concurrent use.
 */
final class RecentLayers {
  private static final int MOST = 16;

  private final Function<Digest, Optional<LayerFacts>> store;
  private final Map<Digest, SoftReference<LayerFacts>> recent =
      new LinkedHashMap<>(MOST, 0.75f, true);

  RecentLayers(Function<Digest, Optional<LayerFacts>> store) {
    this.store = store;
  }

  /** A layer; empty where it was not read. */
  Optional<LayerFacts> of(Digest digest) {
    Optional<LayerFacts> held = held(digest);
    if (held.isPresent()) {
      return held;
    }
    Optional<LayerFacts> read = store.apply(digest);
    read.ifPresent(layer -> hold(digest, layer));
    return read;
  }

  private synchronized Optional<LayerFacts> held(Digest digest) {
    SoftReference<LayerFacts> reference = recent.get(digest);
    return reference == null ? Optional.empty() : Optional.ofNullable(reference.get());
  }

  private synchronized void hold(Digest digest, LayerFacts layer) {
    recent.put(digest, new SoftReference<>(layer));
    if (recent.size() > MOST) {
      recent.remove(recent.keySet().iterator().next());
    }
  }
}
