package dev.tare.store;

import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A listed image with its identity in the store. */
public record StoredImage(
    long id,
    String registry,
    String repository,
    Digest digest,
    @Nullable Digest indexDigest,
    String mediaType,
    Digest configDigest,
    Platform platform,
    List<String> tags) {
  /** Copies the tags. */
  public StoredImage {
    tags = List.copyOf(tags);
  }

  /** The name to show: with its first tag, or with its digest where it has no tag. */
  public String reference() {
    return registry + "/" + repository + (tags.isEmpty() ? "@" + digest : ":" + tags.getFirst());
  }
}
