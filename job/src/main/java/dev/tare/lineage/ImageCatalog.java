package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The images known so far: of this run, of earlier runs, of the base catalogue. Safe for concurrent
 * use.
 */
public interface ImageCatalog {
  /**
   * The images whose whole stack of layers has one of these chain IDs.
   *
   * @param asking manifest digest of the image whose ancestors are looked for: it is left out
   */
  List<KnownImage> withChainId(Collection<Digest> chainIds, Digest asking);

  /**
   * The image with this manifest digest, or the images of all platforms of the index with this
   * digest; empty where neither is known.
   */
  List<KnownImage> withDigest(Digest digest);

  /**
   * The digest, of a manifest or an index, that a reference such as {@code
   * localhost:5001/base/debian:12} names now, as of this run.
   */
  Optional<Digest> currentDigest(String reference);
}
