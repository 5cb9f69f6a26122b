package dev.tare.oci;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points at content: what it is, its digest, how many bytes it has.
 *
 * @param mediaType what the content is
 * @param digest of the content as it is stored (for a layer: of the compressed blob)
 * @param sizeBytes of the content as it is stored
 * @param platform in an index, what the manifest is for
 * @param artifactType in an index or a list of referrers, what the artifact is
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">Descriptors</a>
 */
public record Descriptor(
    String mediaType,
    Digest digest,
    long sizeBytes,
    @Nullable Platform platform,
    @Nullable String artifactType,
    Map<String, String> annotations) {

  /** Copies the annotations. */
  public Descriptor {
    annotations = Map.copyOf(annotations);
  }

  /** A descriptor with the three required properties. */
  public Descriptor(String mediaType, Digest digest, long sizeBytes) {
    this(mediaType, digest, sizeBytes, null, null, Map.of());
  }
}
