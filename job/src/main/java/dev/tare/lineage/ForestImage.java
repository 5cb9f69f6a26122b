package dev.tare.lineage;

import dev.tare.lineage.Lineage.Outdated;
import dev.tare.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image of a run, as a forest takes it in.
 *
 * @param names it goes by, the one to show first: {@code localhost:5001/team/app:1.2}
 * @param digest of its manifest
 * @param platform {@code linux/amd64}
 * @param layers root first
 * @param chain its ancestors, root first
 */
public record ForestImage(
    List<String> names,
    Digest digest,
    String platform,
    List<Layer> layers,
    List<Ancestor> chain,
    Outdated outdated) {
  /** A layer blob and its compressed size. */
  public record Layer(Digest digest, long sizeBytes) {}

  /** Copies the lists. */
  public ForestImage {
    names = List.copyOf(names);
    layers = List.copyOf(layers);
    chain = List.copyOf(chain);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(digest + " has no name");
    }
  }

  /** The name to show. */
  public String name() {
    return names.getFirst();
  }

  /** How many of its layers its nearest known ancestors brought. */
  public int baseLayers() {
    return chain.stream().mapToInt(Ancestor::layers).max().orElse(0);
  }

  /** Its nearest ancestor, the first of several that fit; null where none is known. */
  public @Nullable Ancestor parent() {
    int most = baseLayers();
    return chain.stream().filter(one -> one.layers() == most).findFirst().orElse(null);
  }

  /** Whether it is known that its parent's name stands for something newer now. */
  public boolean isOutdated() {
    Ancestor parent = parent();
    return outdated.known()
        && parent != null
        && parent.digest() != null
        && outdated.currentDigest() != null
        && !outdated.currentDigest().equals(parent.digest());
  }
}
