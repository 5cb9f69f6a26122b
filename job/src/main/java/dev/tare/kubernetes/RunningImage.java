package dev.tare.kubernetes;

import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import dev.tare.registry.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which image a container runs, from what its pod asks for and what its node reports. */
sealed interface RunningImage {
  /** An image's identifier on a node. */
  Pattern IDENTIFIER = Pattern.compile("(sha256:)?[0-9a-f]{64}");

  /** An image in a registry. */
  record Named(Reference reference) implements RunningImage {}

  /** No image that a registry could be asked for. */
  record Unnamed(String reason) implements RunningImage {}

  /**
   * The repository and tag that the pod names, with the digest that the node has pulled:
   *
   * <pre>
   * containerd, CRI-O   registry.example.com/team/app@sha256:…
   * dockershim          docker-pullable://registry.example.com/team/app@sha256:…
   * not pulled          sha256:…, docker://sha256:…: the config's digest, which no registry knows
   * </pre>
   *
   * <p>Where the node reports no digest of a manifest, what the tag names now is meant.
   */
  static RunningImage of(PodContainer container) {
    String image = container.image();
    if (image.isBlank()) {
      return new Unnamed("the pod names none");
    }
    if (IDENTIFIER.matcher(image).matches()) {
      return new Unnamed("it is named by its identifier on the node, which no registry knows");
    }
    try {
      if (!(Target.parse("image:" + image) instanceof Target.Image(Reference named))) {
        return new Unnamed("\"" + image + "\" names no image");
      }
      return new Named(
          named.digest() != null
              ? named
              : new Reference(
                  named.registry(), named.repository(), named.tag(), pulled(container.imageId())));
    } catch (TareException e) {
      return new Unnamed(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Digest pulled(String imageId) {
    int at = imageId.lastIndexOf('@');
    return at < 0 ? null : Digest.parse(imageId.substring(at + 1));
  }
}
