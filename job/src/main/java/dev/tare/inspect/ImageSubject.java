package dev.tare.inspect;

import dev.tare.oci.Digest;
import dev.tare.oci.ImageConfig;
import dev.tare.oci.Manifest;
import dev.tare.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image that is inspected: one manifest, one platform.
 *
 * @param registry host and port, {@code localhost:5000}
 * @param tags that name the manifest or its index
 * @param digest of the manifest
 * @param indexDigest of the index it was found through
 * @param mediaType of the manifest
 */
public record ImageSubject(
    String registry,
    String repository,
    List<String> tags,
    Digest digest,
    @Nullable Digest indexDigest,
    String mediaType,
    Platform platform,
    Manifest manifest,
    ImageConfig config) {
  /** Sorts the tags. */
  public ImageSubject {
    tags = tags.stream().sorted().toList();
  }

  /** The image as messages name it. */
  String reference() {
    return registry + "/" + repository + "@" + digest;
  }
}
