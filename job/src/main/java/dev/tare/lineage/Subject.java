package dev.tare.lineage;

import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig.HistoryEntry;
import dev.tare.oci.Platform;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The image whose ancestors are looked for.
 *
 * @param digest of its manifest
 * @param platform null where the config names none: then images of any platform count
 * @param chainIds of each prefix of its layers, root first; empty for an image without layers
 * @param annotations of its manifest
 * @param labels of its config
 * @param history of its config, root first
 */
public record Subject(
    Digest digest,
    @Nullable Platform platform,
    List<Digest> chainIds,
    Map<String, String> annotations,
    Map<String, String> labels,
    List<HistoryEntry> history) {
  /** Copies the collections. */
  public Subject {
    chainIds = List.copyOf(chainIds);
    annotations = Map.copyOf(annotations);
    labels = Map.copyOf(labels);
    history = List.copyOf(history);
  }
}
