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
 * @param materials that its provenance names
 */
public record Subject(
    Digest digest,
    @Nullable Platform platform,
    List<Digest> chainIds,
    Map<String, String> annotations,
    Map<String, String> labels,
    List<HistoryEntry> history,
    List<Material> materials) {
  /** An image whose provenance says nothing. */
  public Subject(
      Digest digest,
      @Nullable Platform platform,
      List<Digest> chainIds,
      Map<String, String> annotations,
      Map<String, String> labels,
      List<HistoryEntry> history) {
    this(digest, platform, chainIds, annotations, labels, history, List.of());
  }

  /** Copies the collections. */
  public Subject {
    chainIds = List.copyOf(chainIds);
    annotations = Map.copyOf(annotations);
    labels = Map.copyOf(labels);
    history = List.copyOf(history);
    materials = List.copyOf(materials);
  }

  /** Those of these images that are for the same platform. */
  List<KnownImage> ofPlatform(List<KnownImage> images) {
    Platform wanted = platform;
    return images.stream()
        .filter(image -> wanted == null || isSame(wanted, image.platform()))
        .toList();
  }

  /** A variant that one of them does not name decides nothing. */
  private static boolean isSame(Platform one, Platform other) {
    return one.accepts(other) || other.accepts(one);
  }

  /** Whether its lowest layers are the whole stack of this other image. */
  boolean standsOnLayersOf(KnownImage image) {
    int layers = image.chainIds().size();
    return layers > 0
        && layers <= chainIds.size()
        && image.chainIds().getLast().equals(chainIds.get(layers - 1))
        && !image.digest().equals(digest);
  }

  /** Whether its history begins with the whole history of this image, and goes on. */
  boolean continuesHistoryOf(KnownImage image) {
    List<HistoryEntry> earlier = image.history();
    return !earlier.isEmpty()
        && earlier.size() < history.size()
        && earlier.equals(history.subList(0, earlier.size()));
  }
}
