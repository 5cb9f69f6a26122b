package dev.tare.registry.engine;

import dev.tare.oci.Digest;
import java.util.List;

/**
 * An image that an engine lists.
 *
 * @param id the digest of its config or, where the engine keeps images as containerd does, of its
 *     manifest or index
 * @param names with tags, {@code alpine:3.20}
 */
public record EngineImage(Digest id, List<String> names) {
  /** Copies the names. */
  public EngineImage {
    names = List.copyOf(names);
  }
}
