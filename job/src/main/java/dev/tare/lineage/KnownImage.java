package dev.tare.lineage;

import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig.HistoryEntry;
import dev.tare.oci.Platform;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that may be an ancestor of others.
 *
 * @param references names it is known by, the most telling first: {@code
 *     localhost:5001/base/debian:12}
 * @param digest of its manifest
 * @param history of its config, root first; empty where it is not known
 * @param chainIds of each prefix of its layers, root first; the last one is its own
 */
public record KnownImage(
    List<String> references,
    Digest digest,
    Platform platform,
    List<Digest> chainIds,
    @Nullable Instant created,
    List<HistoryEntry> history) {
  /** Copies the collections. */
  public KnownImage {
    references = List.copyOf(references);
    chainIds = List.copyOf(chainIds);
    history = List.copyOf(history);
  }

  /** An image whose history is not known. */
  public KnownImage(
      List<String> references,
      Digest digest,
      Platform platform,
      List<Digest> chainIds,
      @Nullable Instant created) {
    this(references, digest, platform, chainIds, created, List.of());
  }
}
