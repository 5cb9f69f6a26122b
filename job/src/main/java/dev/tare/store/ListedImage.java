package dev.tare.store;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image that enumeration found: one manifest of one platform.
 *
 * @param indexDigest of the index that names it, where one does
 * @param tags that name it or its index, sorted
 * @param diffIds root layer first
 * @param layers root layer first
 */
public record ListedImage(
    String registry,
    String repository,
    Digest digest,
    @Nullable Digest indexDigest,
    String mediaType,
    Digest configDigest,
    Platform platform,
    List<String> tags,
    List<Digest> diffIds,
    List<Descriptor> layers) {
  /** Copies the lists. */
  public ListedImage {
    tags = List.copyOf(tags);
    diffIds = List.copyOf(diffIds);
    layers = List.copyOf(layers);
  }
}
