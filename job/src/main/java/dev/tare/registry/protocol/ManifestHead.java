package dev.tare.registry.protocol;

import dev.tare.http.HttpAnswer;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Reference;
import java.util.Optional;

/**
 * Asks what a tag points at without fetching it; most registries do not count this as a pull. Empty
 * where the answer does not say type, digest and size, which some registries leave out.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#checking-if-content-exists-in-the-registry">Checking
 *     if content exists</a>
 */
record ManifestHead(Reference image) implements ManifestRequest, Endpoint<Optional<Descriptor>> {
  @Override
  public String method() {
    return "HEAD";
  }

  @Override
  public String action() {
    return "resolve " + image;
  }

  @Override
  public Optional<Descriptor> handle(HttpAnswer response) {
    String mediaType = response.mediaType();
    String digest = response.header("Docker-Content-Digest");
    long size = response.contentLength();
    return mediaType == null || !ACCEPTED.contains(mediaType) || digest == null || size <= 0
        ? Optional.empty()
        : Optional.of(new Descriptor(mediaType, Digest.parse(digest), size));
  }
}
