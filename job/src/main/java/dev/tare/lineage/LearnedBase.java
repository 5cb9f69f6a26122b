package dev.tare.lineage;

import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A base of the catalogue.
 *
 * @param references names with tags: {@code docker.io/library/alpine:3.20}
 * @param digest of its manifest
 * @param index digest of the index that names it; null where none does
 * @param created null where it is not stated
 * @param diffIds of its layers, root first
 */
public record LearnedBase(
    List<String> references,
    Digest digest,
    @Nullable Digest index,
    Platform platform,
    @Nullable Instant created,
    List<Digest> diffIds) {
  /** Copies the lists. */
  public LearnedBase {
    references = List.copyOf(references);
    diffIds = List.copyOf(diffIds);
  }

  KnownImage image() {
    return new KnownImage(references, digest, platform, ChainId.ofEachPrefix(diffIds), created);
  }
}
