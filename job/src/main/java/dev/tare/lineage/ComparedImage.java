package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.Set;

/**
 * An image that was measured in some run, as bases are compared.
 *
 * @param reference how to call it: {@code localhost:5001/base/debian:12}
 * @param digest of its manifest
 * @param platform {@code linux/amd64}
 * @param ancestors digests of the images it stands on
 */
public record ComparedImage(
    String reference, Digest digest, String platform, Contents contents, Set<Digest> ancestors) {
  /** Copies the set. */
  public ComparedImage {
    ancestors = Set.copyOf(ancestors);
  }
}
